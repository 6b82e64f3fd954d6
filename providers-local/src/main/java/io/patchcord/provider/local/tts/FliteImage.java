package io.patchcord.provider.local.tts;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The memory of flite's WebAssembly module before its first instruction, as {@code src/build/FliteBuild.java} wrote it.
 * Immutable.
 */
final class FliteImage {

    private static final String RESOURCE = "flite.image";

    private final int stackPointer;
    private final int variablesFrom;
    private final int[] table;
    private final NavigableMap<Integer, byte[]> pieces = new TreeMap<>();

    private FliteImage(DataInputStream in) throws IOException {
        stackPointer = in.readInt();
        variablesFrom = in.readInt();
        table = new int[in.readInt()];
        for (int i = 0; i < table.length; i++) {
            table[i] = in.readInt();
        }
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            int address = in.readInt();
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            pieces.put(address, bytes);
        }
    }

    static FliteImage load() {
        try (InputStream resource = FliteImage.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(
                        RESOURCE + " is missing: the build makes it of flite's WebAssembly module, run 'mvn package'");
            }
            return new FliteImage(new DataInputStream(new BufferedInputStream(resource, 1 << 16)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    /** A fresh memory; its heap is the widest hole between the pieces. */
    FliteMemory newMemory() {
        byte[] bytes = new byte[stackPointer];
        int heapStart = 0;
        int heapEnd = 0;
        int end = 0;
        for (Map.Entry<Integer, byte[]> piece : pieces.entrySet()) {
            int address = piece.getKey();
            int length = piece.getValue().length;
            System.arraycopy(piece.getValue(), 0, bytes, address, length);
            if (address - end > heapEnd - heapStart) {
                heapStart = end;
                heapEnd = address;
            }
            end = address + length;
        }
        return new FliteMemory(bytes, stackPointer, table, new FliteHeap(heapStart, heapEnd));
    }

    /** Where the read-only data ends; from here to the stack pointer lie variables and the stack. */
    int variablesFrom() {
        return variablesFrom;
    }
}
