package io.patchcord.agent.pipeline.voice;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A voice that speaks from memory what it has spoken before, and what it was told to {@link #prepare}: such clauses come at
 * once. Owns the voice behind it. Thread-safe.
 */
public final class CachingTtsEngine implements PreparedVoice {

    /** Memory for audio unless another amount is given: about half an hour of 8 kHz audio. */
    public static final long DEFAULT_MAX_BYTES = 32L << 20;

    private final TtsEngine voice;
    private final PromptCache cache;
    private final Set<PromptRenderer> renderers = ConcurrentHashMap.newKeySet();

    public CachingTtsEngine(TtsEngine voice) {
        this(voice, DEFAULT_MAX_BYTES);
    }

    /**
     * @param maxBytes of audio to keep, fixed sentences included
     */
    public CachingTtsEngine(TtsEngine voice, long maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException(maxBytes + " bytes of audio to keep: give zero or more");
        }
        this.voice = voice;
        this.cache = new PromptCache(maxBytes);
    }

    /**
     * Renders sentences in the background, cut as a cascade cuts them, and keeps them for good. What cannot be rendered is
     * logged as a warning, and rendered when it is said.
     *
     * @param settings how, and for which voice and language
     * @return completes with the number of clauses that were rendered, and never with a failure
     */
    @Override
    public CompletableFuture<Integer> prepare(List<String> sentences, PromptSettings settings) {
        PromptRenderer renderer = new PromptRenderer(voice, cache, settings);
        renderers.add(renderer);
        return renderer.render(sentences).whenComplete((ready, error) -> renderers.remove(renderer));
    }

    @Override
    public String description() {
        return voice.description();
    }

    @Override
    public CompletableFuture<Void> check() {
        return voice.check();
    }

    @Override
    public AudioFormat outputFormat() {
        return voice.outputFormat();
    }

    @Override
    public TtsSession open(CallLoop loop, Optional<String> name, TtsListener listener) {
        return new CachedVoice(loop, voice, name, cache, listener);
    }

    @Override
    public void close() {
        renderers.forEach(PromptRenderer::close);
        voice.close();
    }
}
