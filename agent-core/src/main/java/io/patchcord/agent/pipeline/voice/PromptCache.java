package io.patchcord.agent.pipeline.voice;

import io.patchcord.agent.media.AudioFrame;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The audio of clauses that were spoken before. Fixed ones stay, the others make room for newer ones when the memory that
 * they may use is full, the one that was not used for longest first. Thread-safe.
 */
final class PromptCache {

    private final long maxBytes;
    private final Map<Key, AudioFrame> fixed = new HashMap<>();
    private final LinkedHashMap<Key, AudioFrame> others = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** One clause in one voice. */
    record Key(Optional<String> voice, String text) {}

    PromptCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized Optional<AudioFrame> get(Key key) {
        AudioFrame audio = fixed.get(key);
        return Optional.ofNullable(audio != null ? audio : others.get(key));
    }

    /** Keeps the audio for good; false if there is no room for it among the other fixed ones. */
    synchronized boolean putFixed(Key key, AudioFrame audio) {
        if (fixed.containsKey(key)) {
            return true;
        }
        if (fixedBytes() + size(audio) > maxBytes) {
            return false;
        }
        remove(key);
        fixed.put(key, audio);
        bytes += size(audio);
        makeRoom();
        return true;
    }

    /** Keeps the audio as long as there is room. */
    synchronized void put(Key key, AudioFrame audio) {
        if (fixed.containsKey(key)) {
            return;
        }
        remove(key);
        others.put(key, audio);
        bytes += size(audio);
        makeRoom();
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized int size() {
        return fixed.size() + others.size();
    }

    private void makeRoom() {
        while (bytes > maxBytes && !others.isEmpty()) {
            remove(others.keySet().iterator().next());
        }
    }

    private void remove(Key key) {
        AudioFrame removed = others.remove(key);
        if (removed != null) {
            bytes -= size(removed);
        }
    }

    private long fixedBytes() {
        return fixed.values().stream().mapToLong(PromptCache::size).sum();
    }

    private static long size(AudioFrame audio) {
        return audio.data().length;
    }
}
