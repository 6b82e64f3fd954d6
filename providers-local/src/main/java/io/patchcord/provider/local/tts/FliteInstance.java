package io.patchcord.provider.local.tts;

import java.nio.charset.StandardCharsets;

/**
 * flite after its start, with the voice registered. Every utterance begins in exactly this state: what the last one wrote
 * is put back, so it can be left in the middle and nothing leaks. Confined to one thread at a time.
 */
final class FliteInstance {

    private final FliteMemory memory;
    private final int voice;
    private final int variablesFrom;
    private final int stackPointer;
    private final byte[] variables;
    private final int heapFrom;
    private final int heapTop;
    private final byte[] heap;

    FliteInstance(FliteImage image) {
        memory = image.newMemory();
        variablesFrom = image.variablesFrom();
        stackPointer = memory.stackPointer();
        heapFrom = memory.heap.top();
        memory.connect(new FliteHost((samples, count) -> false, () -> {}));
        FliteEntry.init(memory);
        voice = FliteEntry.registerRms(memory);
        heapTop = memory.heap.top();
        heap = memory.copy(heapFrom, heapTop);
        variables = memory.copy(variablesFrom, stackPointer);
    }

    /** Speaks to the host; ends with whatever the host throws. */
    void speak(String text, FliteHost host) {
        restore();
        memory.connect(host);
        FliteEntry.speak(memory, voice, memory.put(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private void restore() {
        System.arraycopy(variables, 0, memory.bytes, variablesFrom, variables.length);
        System.arraycopy(heap, 0, memory.bytes, heapFrom, heap.length);
        memory.heap.reset(heapTop);
        memory.stackPointer(stackPointer);
    }
}
