package io.patchcord.agent.pipeline.voice;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.pipeline.standby.Breaker;
import io.patchcord.agent.pipeline.standby.Standbys;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Voices that stand in for each other, in an order: when one refuses, fails, or gives no audio in time, the next one says
 * what is left of the clause, and those after it. Where a clause broke off is known to the word as well as its audio tells;
 * no word that was heard is said again. The preferred voice comes back with the next answer, when it has rested. Owns the
 * voices. Thread-safe.
 */
public final class TtsFallback implements PreparedVoice {

    private final Standbys<TtsEngine> voices;
    private final Duration stall;

    /**
     * @param voices the preferred one first; at least one
     * @param stall how long the audio of a clause, and each further piece, may take before the next voice is asked
     * @param rest how long a voice is left alone after a failure, twice as long after each further one
     * @param longestRest how long at most
     */
    public TtsFallback(List<? extends TtsEngine> voices, Duration stall, Duration rest, Duration longestRest) {
        this(voices, stall, new Breaker.Rests(rest, longestRest), System::nanoTime);
    }

    TtsFallback(List<? extends TtsEngine> voices, Duration stall, Breaker.Rests rests, LongSupplier clock) {
        this.voices = new Standbys<>(voices, rests, clock);
        this.stall = stall;
    }

    @Override
    public String description() {
        return voices.description();
    }

    @Override
    public CompletableFuture<Void> check() {
        return voices.check();
    }

    /** That of the preferred voice; the others' audio is brought into it. */
    @Override
    public AudioFormat outputFormat() {
        return voices.preferred().engine().outputFormat();
    }

    /** The name of the voice is the preferred one's; the others speak with their own. */
    @Override
    public TtsSession open(CallLoop loop, Optional<String> voice, TtsListener listener) {
        return new FallbackVoice(voices, stall, loop, voice, listener);
    }

    @Override
    public CompletableFuture<Integer> prepare(List<String> sentences, PromptSettings settings) {
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (Standbys.Standby<TtsEngine> standby : voices.all()) {
            if (standby.engine() instanceof PreparedVoice voice) {
                Optional<String> name = standby == voices.preferred() ? settings.voice() : Optional.empty();
                all.add(voice.prepare(sentences, settings.withVoice(name)));
            }
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(
                        done -> all.stream().mapToInt(CompletableFuture::join).sum());
    }

    @Override
    public void close() {
        voices.close();
    }
}
