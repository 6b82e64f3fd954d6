package io.patchcord.provider.local.tts;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The linear memory of one flite instance, with its stack pointer and function table. The translated functions
 * ({@code FliteFunctions}, made at build time by {@code src/build/FliteBuild.java}) call the static methods below, whose
 * names and parameters are those that Chicory's compiler emits. Confined to one thread at a time.
 *
 * <p>One array, so that an access is an addition, a bounds check and a load. Nothing here grows: the heap lies where the
 * module held the data of voices that we do not ship.
 */
final class FliteMemory {

    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);
    private static final VarHandle FLOATS = view(float[].class);
    private static final VarHandle DOUBLES = view(double[].class);

    /** What a function of WASI returns that is not there: EBADF. flite calls them only to print warnings. */
    private static final long[] NO_SUCH_FILE = {8};

    final byte[] bytes;
    final FliteHeap heap;
    private final int[] table;
    private int stackPointer;
    private @Nullable FliteHost host;

    FliteMemory(byte[] bytes, int stackPointer, int[] table, FliteHeap heap) {
        this.bytes = bytes;
        this.stackPointer = stackPointer;
        this.table = table;
        this.heap = heap;
    }

    /** Makes this host receive what flite calls out. */
    void connect(FliteHost newHost) {
        this.host = newHost;
    }

    FliteHost host() {
        if (host == null) {
            throw new IllegalStateException("flite called out before it was connected");
        }
        return host;
    }

    int stackPointer() {
        return stackPointer;
    }

    void stackPointer(int address) {
        this.stackPointer = address;
    }

    int readInt(int address) {
        return (int) INTS.get(bytes, address);
    }

    void writeInt(int address, int value) {
        INTS.set(bytes, address, value);
    }

    float readFloat(int address) {
        return (float) FLOATS.get(bytes, address);
    }

    void writeFloat(int address, float value) {
        FLOATS.set(bytes, address, value);
    }

    double readDouble(int address) {
        return (double) DOUBLES.get(bytes, address);
    }

    // What the translated code calls.

    static byte memoryReadByte(int base, int offset, FliteMemory memory) {
        return memory.bytes[base + offset];
    }

    static short memoryReadShort(int base, int offset, FliteMemory memory) {
        return (short) SHORTS.get(memory.bytes, base + offset);
    }

    static int memoryReadInt(int base, int offset, FliteMemory memory) {
        return (int) INTS.get(memory.bytes, base + offset);
    }

    static long memoryReadLong(int base, int offset, FliteMemory memory) {
        return (long) LONGS.get(memory.bytes, base + offset);
    }

    static float memoryReadFloat(int base, int offset, FliteMemory memory) {
        return (float) FLOATS.get(memory.bytes, base + offset);
    }

    static double memoryReadDouble(int base, int offset, FliteMemory memory) {
        return (double) DOUBLES.get(memory.bytes, base + offset);
    }

    static void memoryWriteByte(int base, byte value, int offset, FliteMemory memory) {
        memory.bytes[base + offset] = value;
    }

    static void memoryWriteShort(int base, short value, int offset, FliteMemory memory) {
        SHORTS.set(memory.bytes, base + offset, value);
    }

    static void memoryWriteInt(int base, int value, int offset, FliteMemory memory) {
        INTS.set(memory.bytes, base + offset, value);
    }

    static void memoryWriteLong(int base, long value, int offset, FliteMemory memory) {
        LONGS.set(memory.bytes, base + offset, value);
    }

    static void memoryWriteFloat(int base, float value, int offset, FliteMemory memory) {
        FLOATS.set(memory.bytes, base + offset, value);
    }

    static void memoryWriteDouble(int base, double value, int offset, FliteMemory memory) {
        DOUBLES.set(memory.bytes, base + offset, value);
    }

    /** The module has one global, the stack pointer. */
    static long readGlobal(int index, FliteMemory memory) {
        return memory.stackPointer;
    }

    static void writeGlobal(long value, int index, FliteMemory memory) {
        memory.stackPointer = (int) value;
    }

    static int i32_ge_u(int left, int right) {
        return Integer.compareUnsigned(left, right) >= 0 ? 1 : 0;
    }

    /** There is one table, and this object stands for it. */
    FliteMemory table(int index) {
        return this;
    }

    int requiredRef(int index) {
        int function = table[index];
        if (function < 0) {
            throw new FliteException("flite called function " + index + ", which is not in its table");
        }
        return function;
    }

    /** The instance that a function of the table belongs to; null says: this one. */
    @Nullable
    FliteMemory instance(int index) {
        return null;
    }

    /** Called for a function of the table that belongs to another instance or has another type; there is none. */
    @SuppressWarnings("DoNotCallSuggester") // Chicory's compiler asks for a method of this shape.
    static long[] callIndirect(long[] arguments, int type, int function, FliteMemory memory) {
        throw throwIndirectCallTypeMismatch();
    }

    static long[] callHostFunction(FliteMemory memory, int function, long[] arguments) {
        return NO_SUCH_FILE.clone();
    }

    static RuntimeException throwIndirectCallTypeMismatch() {
        return new FliteException("flite called a function with parameters of another type");
    }

    static RuntimeException throwTrapException() {
        return new FliteException("flite reached code that it never should");
    }

    /** The address of the text's bytes with a zero behind them; freed with everything else before the next utterance. */
    int put(byte[] text) {
        int address = heap.allocate(this, text.length + 1);
        System.arraycopy(text, 0, bytes, address, text.length);
        bytes[address + text.length] = 0;
        return address;
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
    }
}
