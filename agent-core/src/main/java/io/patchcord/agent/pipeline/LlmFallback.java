package io.patchcord.agent.pipeline;

import io.patchcord.agent.pipeline.standby.Breaker;
import io.patchcord.agent.pipeline.standby.Standbys;
import io.patchcord.agent.pipeline.standby.Standbys.Standby;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dialogues that stand in for each other, in an order: when one fails, or says nothing within a deadline, the next one
 * answers: a language model somewhere else first, and a script at home. An answer that breaks off in the middle is gone on
 * with by the next one if that can; by one that cannot it is not begun anew, and has failed. After a failure a dialogue is
 * left alone for a while, so that not every caller waits for it. Owns the dialogues. Thread-safe.
 */
public final class LlmFallback implements LlmEngine {

    private static final Logger log = LoggerFactory.getLogger(LlmFallback.class);

    private final Standbys<LlmEngine> models;
    private final Duration patience;

    /**
     * Two of them.
     *
     * @param patience how long the first may take to begin its answer, and to go on with it
     * @param rest how long it is left alone after a failure
     */
    public LlmFallback(LlmEngine first, LlmEngine second, Duration patience, Duration rest) {
        this(List.of(first, second), patience, rest, rest);
    }

    /**
     * @param models the preferred one first; at least one
     * @param patience how long each but the last may take to begin its answer, and to go on with it
     * @param rest how long one is left alone after a failure, twice as long after each further one
     * @param longestRest how long at most
     */
    public LlmFallback(List<? extends LlmEngine> models, Duration patience, Duration rest, Duration longestRest) {
        this(models, patience, new Breaker.Rests(rest, longestRest), System::nanoTime);
    }

    LlmFallback(List<? extends LlmEngine> models, Duration patience, Breaker.Rests rests, LongSupplier clock) {
        this.models = new Standbys<>(models, rests, clock);
        this.patience = patience;
    }

    @Override
    public String description() {
        return models.description();
    }

    /** Fails only if none can serve; what is wrong with the others is logged. */
    @Override
    public CompletableFuture<Void> check() {
        return models.check();
    }

    @Override
    public boolean goesOn() {
        return models.all().stream().allMatch(model -> model.engine().goesOn());
    }

    /** As the first one does, who answers mostly. */
    @Override
    public boolean readsKeys() {
        return models.all().get(0).engine().readsKeys();
    }

    @Override
    public List<String> fixedSentences() {
        return models.all().stream()
                .flatMap(model -> model.engine().fixedSentences().stream())
                .distinct()
                .toList();
    }

    /** That of the first who has one. */
    @Override
    public String greeting() {
        return models.all().stream()
                .map(model -> model.engine().greeting())
                .filter(greeting -> !greeting.isBlank())
                .findFirst()
                .orElse("");
    }

    /** All are opened, so that each of them knows the call; those that refuse are left out of it. */
    @Override
    public LlmSession open(LlmRequest request) {
        Map<Standby<LlmEngine>, LlmSession> sessions = new LinkedHashMap<>();
        ProviderException refusal = null;
        for (Standby<LlmEngine> model : models.all()) {
            try {
                sessions.put(model, model.engine().open(request));
            } catch (ProviderException e) {
                refusal = e;
                failed(request.callId(), model, e);
            }
        }
        if (refusal != null && sessions.isEmpty()) {
            throw refusal;
        }
        return new FallbackDialogue(models, sessions, request, patience);
    }

    static void failed(String callId, Standby<LlmEngine> model, ProviderException error) {
        model.breaker().failed(error);
        log.warn("[{}] {} failed: {} ({})", callId, model.engine().description(), error.getMessage(), error.kind());
    }

    @Override
    public void close() {
        models.close();
    }
}
