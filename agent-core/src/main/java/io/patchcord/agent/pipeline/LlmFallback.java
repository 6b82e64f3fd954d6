package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two dialogues of which the second answers when the first fails, or says nothing within a deadline: a language model
 * somewhere else, and a script at home. After a failure the first one is left alone for a while, so that not every caller
 * waits for it. Once the first has begun to answer, a failure is its own. Owns both. Thread-safe.
 */
public final class LlmFallback implements LlmEngine {

    private static final Logger log = LoggerFactory.getLogger(LlmFallback.class);

    private final LlmEngine first;
    private final LlmEngine second;
    private final Duration firstText;
    private final Duration rest;
    private final LongSupplier clock;
    private final AtomicLong restUntil;

    /**
     * @param firstText how long the first may take to begin its answer
     * @param rest how long it is left alone after a failure
     */
    public LlmFallback(LlmEngine first, LlmEngine second, Duration firstText, Duration rest) {
        this(first, second, firstText, rest, System::nanoTime);
    }

    LlmFallback(LlmEngine first, LlmEngine second, Duration firstText, Duration rest, LongSupplier clock) {
        this.first = first;
        this.second = second;
        this.firstText = firstText;
        this.rest = rest;
        this.clock = clock;
        this.restUntil = new AtomicLong(clock.getAsLong());
    }

    @Override
    public String description() {
        return first.description() + ", or else " + second.description();
    }

    /** Fails only if neither can serve; what is wrong with one of them is logged. */
    @Override
    public CompletableFuture<Void> check() {
        return Checks.anyOf(List.of(first, second));
    }

    @Override
    public boolean goesOn() {
        return first.goesOn() && second.goesOn();
    }

    @Override
    public List<String> fixedSentences() {
        return Stream.concat(first.fixedSentences().stream(), second.fixedSentences().stream())
                .distinct()
                .toList();
    }

    @Override
    public String greeting() {
        return first.greeting().isBlank() ? second.greeting() : first.greeting();
    }

    @Override
    public LlmSession open(LlmRequest request) {
        LlmSession fallback = second.open(request);
        try {
            return new Session(request, first.open(request), fallback);
        } catch (ProviderException e) {
            failed(request, e);
            return fallback;
        }
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }

    private boolean isResting() {
        return clock.getAsLong() - restUntil.get() < 0;
    }

    private void failed(LlmRequest request, ProviderException error) {
        restUntil.set(clock.getAsLong() + rest.toNanos());
        log.warn(
                "[{}] {} failed: {} ({}); {} takes over for {} s",
                request.callId(),
                first.description(),
                error.getMessage(),
                error.kind(),
                second.description(),
                rest.toSeconds());
    }

    /** Both dialogues of one call. Confined to the call loop. */
    private final class Session implements LlmSession {

        private final LlmRequest request;
        private final LlmSession preferred;
        private final LlmSession fallback;
        private boolean keyForFallback;

        Session(LlmRequest request, LlmSession preferred, LlmSession fallback) {
            this.request = request;
            this.preferred = preferred;
            this.fallback = fallback;
        }

        @Override
        public Generation respond(List<ConversationItem> history, LlmListener listener) {
            boolean straight = keyForFallback || isResting();
            keyForFallback = false;
            return straight ? fallback.respond(history, listener) : new Attempt(history, listener);
        }

        @Override
        public boolean onDtmf(char digit) {
            if (preferred.onDtmf(digit)) {
                return true;
            }
            keyForFallback = fallback.onDtmf(digit);
            return keyForFallback;
        }

        @Override
        public void close() {
            preferred.close();
            fallback.close();
        }

        /** An answer of the first dialogue, or of the second. */
        private final class Attempt implements Generation, LlmListener {

            private final List<ConversationItem> history;
            private final LlmListener listener;
            private final CallLoop.Timer deadline;
            private @Nullable Generation generation;
            private boolean begun;
            private boolean over;

            Attempt(List<ConversationItem> history, LlmListener listener) {
                this.history = history;
                this.listener = listener;
                this.deadline = request.loop().schedule(firstText, this::tooLate);
                try {
                    generation = preferred.respond(history, this);
                } catch (RuntimeException e) {
                    takeOver(ProviderException.of(e));
                }
            }

            private void tooLate() {
                takeOver(new ProviderException(
                        ProviderException.Kind.TIMEOUT, "no answer within " + firstText.toMillis() + " ms"));
            }

            private void takeOver(ProviderException error) {
                if (begun || over) {
                    return;
                }
                over = true;
                deadline.cancel();
                if (generation != null) {
                    generation.discard();
                }
                failed(request, error);
                generation = fallback.respond(history, listener);
            }

            private boolean begin() {
                begun |= !over;
                deadline.cancel();
                return !over;
            }

            @Override
            public void onText(String delta) {
                if (begin()) {
                    listener.onText(delta);
                }
            }

            @Override
            public void onToolCall(String callId, String name, Map<String, Object> arguments) {
                if (begin()) {
                    listener.onToolCall(callId, name, arguments);
                }
            }

            @Override
            public void onDone() {
                if (begin()) {
                    listener.onDone();
                }
            }

            @Override
            public void onFailed(ProviderException error) {
                if (begun) {
                    listener.onFailed(error);
                } else {
                    takeOver(error);
                }
            }

            @Override
            public void cancel() {
                over = true;
                deadline.cancel();
                if (generation != null) {
                    generation.cancel();
                }
            }

            @Override
            public void discard() {
                over = true;
                deadline.cancel();
                if (generation != null) {
                    generation.discard();
                }
            }
        }
    }
}
