package io.patchcord.provider.local.tts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FliteHeapTest {

    private static final int START = 1_000;
    private static final int END = 1 << 20;

    private final FliteHeap heap = new FliteHeap(START, END);
    private final FliteMemory memory = new FliteMemory(new byte[END + 64], END, new int[0], heap);

    @Test
    void everyLength_fitsIntoItsClass_andNotIntoTheOneBelow() {
        for (int length = 1; length < 300_000; length++) {
            int sizeClass = FliteHeap.classOf(length);

            assertThat(FliteHeap.lengthOf(sizeClass)).isGreaterThanOrEqualTo(length);
            if (sizeClass > 0) {
                assertThat(FliteHeap.lengthOf(sizeClass - 1)).isLessThan(length);
            }
        }
    }

    @Test
    void blocksInUse_neverOverlap_andStayInside() {
        Random random = new Random(7);
        TreeMap<Integer, Integer> used = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            if (used.size() > 200 || (!used.isEmpty() && random.nextInt(3) == 0)) {
                int address = used.ceilingKey(random.nextInt(used.lastKey()) + 1);
                used.remove(address);
                heap.free(memory, address);
            } else {
                int size = 1 + random.nextInt(random.nextInt(10) == 0 ? 5_000 : 100);
                int address = heap.allocate(memory, size);
                Map.Entry<Integer, Integer> before = used.floorEntry(address);
                Integer after = used.ceilingKey(address);
                assertThat(address % 8).isZero();
                assertThat(address).isGreaterThanOrEqualTo(START);
                assertThat(address + size).isLessThanOrEqualTo(END);
                assertThat(before == null || before.getKey() + before.getValue() <= address)
                        .isTrue();
                assertThat(after == null || address + size <= after).isTrue();
                used.put(address, size);
            }
        }
    }

    @Test
    void clearedBlock_isClear_alsoWhenItWasUsedBefore() {
        int address = heap.allocate(memory, 100);
        java.util.Arrays.fill(memory.bytes, address, address + 100, (byte) 0xFF);
        heap.free(memory, address);

        assertThat(heap.allocateCleared(memory, 100)).isEqualTo(address);
        assertThat(memory.copy(address, address + 100)).containsOnly(0);
    }

    @Test
    void freedAndReset_theSameBlocksComeAgain() {
        int kept = heap.allocate(memory, 40);
        int top = heap.top();
        int first = heap.allocate(memory, 40);
        heap.free(memory, heap.allocate(memory, 400));

        heap.reset(top);

        assertThat(heap.allocate(memory, 40)).isEqualTo(first).isNotEqualTo(kept);
    }

    @Test
    void full_saysThatTheTextIsTooLong() {
        assertThatThrownBy(() -> heap.allocate(memory, END))
                .isInstanceOf(FliteException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void nullIsFreedWithoutEffect() {
        heap.free(memory, 0);

        assertThat(heap.allocate(memory, 8)).isPositive();
    }
}
