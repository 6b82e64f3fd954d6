package io.patchcord.provider.local.tts;

import java.util.Arrays;

/**
 * What flite's translated code calls in place of its own functions of the same names (the list is in
 * {@code src/build/FliteBuild.java}), and where its sound comes out. Confined to the instance's thread.
 */
final class FliteHost {

    /** Allocations between two looks at the clock: about one millisecond. */
    private static final int PATIENCE = 1_024;

    private final PcmSink sink;
    private final Runnable checkpoint;
    private long nextCheckpoint;

    /**
     * @param checkpoint called every millisecond or so while no sound is made; throws to end the utterance
     */
    FliteHost(PcmSink sink, Runnable checkpoint) {
        this.sink = sink;
        this.checkpoint = checkpoint;
    }

    // What the translated code calls.

    static int malloc(int size, FliteMemory memory) {
        return memory.heap.allocate(memory, size);
    }

    static int calloc(int count, int size, FliteMemory memory) {
        memory.host().tick(memory.heap.allocations());
        return memory.heap.allocateCleared(memory, Math.multiplyExact(count, size));
    }

    static void free(int address, FliteMemory memory) {
        memory.heap.free(memory, address);
    }

    static int mlpg(int track, int voice, FliteMemory memory) {
        return ParameterSmoothing.smooth(memory, track, voice);
    }

    /** Gives the sound away and returns no wave, which flite takes for an utterance that was ended. */
    static int mlsa_resynthesis(
            int track, int strengthTrack, int voice, int streamingInfo, int speed, FliteMemory memory) {
        Vocoder.speak(memory, track, strengthTrack, voice);
        return 0;
    }

    static int strcmp(int left, int right, FliteMemory memory) {
        byte[] bytes = memory.bytes;
        for (int i = 0; ; i++) {
            int a = bytes[left + i] & 0xFF;
            int b = bytes[right + i] & 0xFF;
            if (a != b || a == 0) {
                return a - b;
            }
        }
    }

    static int strlen(int text, FliteMemory memory) {
        int end = text;
        while (memory.bytes[end] != 0) {
            end++;
        }
        return end - text;
    }

    static int memcpy(int to, int from, int size, FliteMemory memory) {
        System.arraycopy(memory.bytes, from, memory.bytes, to, size);
        return to;
    }

    static int memmove(int to, int from, int size, FliteMemory memory) {
        System.arraycopy(memory.bytes, from, memory.bytes, to, size);
        return to;
    }

    static int memset(int to, int value, int size, FliteMemory memory) {
        Arrays.fill(memory.bytes, to, to + size, (byte) value);
        return to;
    }

    static double exp(double x, FliteMemory memory) {
        return Math.exp(x);
    }

    static double log(double x, FliteMemory memory) {
        return Math.log(x);
    }

    static double pow(double x, double y, FliteMemory memory) {
        return Math.pow(x, y);
    }

    private void tick(long allocations) {
        if (allocations >= nextCheckpoint) {
            nextCheckpoint = allocations + PATIENCE;
            checkpoint.run();
        }
    }

    void take(short[] samples, int count) {
        checkpoint.run();
        if (!sink.accept(samples, count)) {
            throw new StopSpeaking();
        }
    }
}
