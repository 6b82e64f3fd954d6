package io.patchcord.provider.local.tts;

import java.util.Arrays;

/**
 * Allocates inside a {@link FliteMemory}, in place of the module's own dlmalloc, which HotSpot leaves uncompiled for its
 * length. flite allocates some 15,000 small blocks for four words and frees them all, so there is a list of free blocks
 * for each of the sizes 16, 32, 48, 64, then four to each power of two. Everything is given back at once by {@link #reset}.
 *
 * <p>A block has eight bytes in front that hold its size class, and a free one the address of the next.
 */
final class FliteHeap {

    private static final int HEADER = 8;
    private static final int CLASSES = 4 * 30;

    private final int end;
    private int top;
    private final int[] free = new int[CLASSES];
    private long allocations;

    FliteHeap(int start, int end) {
        this.top = (start + 15) & ~15;
        this.end = end;
    }

    /** Allocates without clearing. */
    int allocate(FliteMemory memory, int size) {
        allocations++;
        int sizeClass = classOf(size + HEADER);
        int block = free[sizeClass];
        if (block != 0) {
            free[sizeClass] = memory.readInt(block + HEADER);
            return block + HEADER;
        }
        block = top;
        int length = lengthOf(sizeClass);
        if (length > end - top) {
            throw new FliteException("the text is too long to be spoken at once: give it in sentences");
        }
        top += length;
        memory.writeInt(block, sizeClass);
        return block + HEADER;
    }

    int allocateCleared(FliteMemory memory, int size) {
        int address = allocate(memory, size);
        Arrays.fill(memory.bytes, address, address + size, (byte) 0);
        return address;
    }

    void free(FliteMemory memory, int address) {
        if (address == 0) {
            return;
        }
        int block = address - HEADER;
        int sizeClass = memory.readInt(block);
        memory.writeInt(address, free[sizeClass]);
        free[sizeClass] = block;
    }

    /** Where the next new block will lie; to be kept for {@link #reset}. */
    int top() {
        return top;
    }

    /** Forgets every block at or above the given top, and every free one. */
    void reset(int newTop) {
        top = newTop;
        Arrays.fill(free, 0);
    }

    /** How many blocks were ever asked for: a clock that also ticks where no sound is made yet. */
    long allocations() {
        return allocations;
    }

    static int classOf(int length) {
        if (length <= 64) {
            return (Math.max(length, 1) - 1) >> 4;
        }
        int power = 31 - Integer.numberOfLeadingZeros(length - 1);
        int quarter = (length - 1 - (1 << power)) >> (power - 2);
        return 4 + (power - 6) * 4 + quarter;
    }

    static int lengthOf(int sizeClass) {
        if (sizeClass < 4) {
            return (sizeClass + 1) << 4;
        }
        int power = 6 + (sizeClass - 4) / 4;
        return (1 << power) + (((sizeClass - 4) % 4 + 1) << (power - 2));
    }
}
