package io.patchcord.agent.testing;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.SegmentSttEngine;
import io.patchcord.agent.spi.Transcript;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A recogniser of {@link ToneSpeech}, which takes as long as it is told to and fails when it is told to. Thread-safe.
 */
public final class ScriptedStt implements SegmentSttEngine {

    private final ToneSpeech speech;
    private final CallLoop clock;
    private final Mishaps mishaps = new Mishaps();
    private final List<AudioFrame> segments = new CopyOnWriteArrayList<>();
    private volatile Duration delay = Duration.ofMillis(130);
    private volatile boolean closed;

    /**
     * @param clock whose time the delay is taken by
     */
    public ScriptedStt(CallLoop clock, ToneSpeech speech) {
        this.clock = clock;
        this.speech = speech;
    }

    /** How long each segment takes; 130 ms at first. */
    public ScriptedStt delay(Duration delay) {
        this.delay = delay;
        return this;
    }

    /** One of the next segments fails; several calls line up. */
    public ScriptedStt failNext(ProviderException error) {
        mishaps.fail(error);
        return this;
    }

    /** One of the next segments is never answered. */
    public ScriptedStt hangNext() {
        mishaps.hang();
        return this;
    }

    /** All segments it was given. */
    public List<AudioFrame> segments() {
        return List.copyOf(segments);
    }

    @Override
    public String description() {
        return "tones";
    }

    @Override
    public AudioFormat inputFormat() {
        return AudioFormat.SLIN_16K;
    }

    @Override
    public CompletionStage<Transcript> transcribe(AudioFrame segment) {
        CompletableFuture<Transcript> result = new CompletableFuture<>();
        if (closed) {
            result.completeExceptionally(
                    new ProviderException(ProviderException.Kind.UNAVAILABLE, "the recogniser is closed"));
            return result;
        }
        segments.add(segment);
        mishaps.next(
                error -> clock.schedule(delay, () -> result.completeExceptionally(error)),
                () -> clock.schedule(delay, () -> result.complete(new Transcript(speech.hear(segment)))));
        return result;
    }

    @Override
    public void close() {
        closed = true;
    }
}
