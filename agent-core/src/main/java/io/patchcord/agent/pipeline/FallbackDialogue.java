package io.patchcord.agent.pipeline;

import io.patchcord.agent.pipeline.standby.Deadline;
import io.patchcord.agent.pipeline.standby.Standbys;
import io.patchcord.agent.pipeline.standby.Standbys.Standby;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The dialogues of one call, of which one answers. Confined to the call loop. */
final class FallbackDialogue implements LlmSession {

    private static final String GO_ON = FailoverSettings.Phrases.ENGLISH.goOn();

    private final Standbys<LlmEngine> models;
    private final Map<Standby<LlmEngine>, LlmSession> sessions;
    private final LlmRequest request;
    private final Duration patience;
    private @Nullable Standby<LlmEngine> forKey;

    /**
     * @param sessions of those that did not refuse; at least one
     */
    FallbackDialogue(
            Standbys<LlmEngine> models,
            Map<Standby<LlmEngine>, LlmSession> sessions,
            LlmRequest request,
            Duration patience) {
        this.models = models;
        this.sessions = sessions;
        this.request = request;
        this.patience = patience;
    }

    @Override
    public Generation respond(List<ConversationItem> history, LlmListener listener) {
        Attempts attempts = new Attempts(history, listener, forKey);
        forKey = null;
        attempts.begin();
        return attempts;
    }

    /** The first that cares for the key will be asked. */
    @Override
    public boolean onDtmf(char digit) {
        for (Map.Entry<Standby<LlmEngine>, LlmSession> session : sessions.entrySet()) {
            if (session.getValue().onDtmf(digit)) {
                forKey = session.getKey();
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        sessions.values().forEach(LlmSession::close);
    }

    /** An answer, by one dialogue after the other. */
    private final class Attempts implements Generation {

        private final List<ConversationItem> history;
        private final LlmListener listener;
        private final @Nullable Standby<LlmEngine> wanted;
        private final Set<Standby<LlmEngine>> tried = new HashSet<>();
        private final StringBuilder said = new StringBuilder();
        private final Deadline deadline;
        private @Nullable Standby<LlmEngine> model;
        private @Nullable Generation generation;
        private boolean calledTools;
        private boolean over;

        Attempts(List<ConversationItem> history, LlmListener listener, @Nullable Standby<LlmEngine> wanted) {
            this.history = history;
            this.listener = listener;
            this.wanted = wanted;
            this.deadline = new Deadline(request.loop(), patience, this::tooLate);
            models.all().stream().filter(each -> !sessions.containsKey(each)).forEach(tried::add);
        }

        void begin() {
            if (wanted != null) {
                ask(wanted);
            } else {
                models.choose(tried).ifPresent(this::ask);
            }
        }

        private void ask(Standby<LlmEngine> next) {
            tried.add(next);
            model = next;
            generation = null;
            Deltas deltas = new Deltas(next);
            if (hasSuccessor()) {
                deadline.restart();
            }
            try {
                generation = session(next).respond(question(), deltas);
            } catch (RuntimeException e) {
                request.loop().execute(() -> deltas.onFailed(ProviderException.of(e)));
            }
        }

        private LlmSession session(Standby<LlmEngine> next) {
            LlmSession session = sessions.get(next);
            if (session == null) {
                throw new ProviderException(Kind.UNAVAILABLE, "it refused at the beginning of the call");
            }
            return session;
        }

        /** What was asked, or the wish to go on with what was answered. */
        private List<ConversationItem> question() {
            if (said.isEmpty()) {
                return history;
            }
            List<ConversationItem> goOn = new ArrayList<>(history);
            goOn.add(new ConversationItem.AgentSaid(said.toString().strip(), true));
            goOn.add(new ConversationItem.CallerSaid(GO_ON));
            return goOn;
        }

        private boolean hasSuccessor() {
            return tried.size() < models.all().size();
        }

        private void tooLate() {
            failed(new ProviderException(Kind.TIMEOUT, "nothing of the answer within " + patience.toMillis() + " ms"));
        }

        private void failed(ProviderException error) {
            deadline.stop();
            if (model != null) {
                LlmFallback.failed(request.callId(), model, error);
            }
            Optional<Standby<LlmEngine>> next = calledTools ? Optional.empty() : models.choose(tried);
            if (next.isEmpty() || (!said.isEmpty() && !next.get().engine().goesOn())) {
                next.ifPresent(unused -> unused.breaker().givenUp());
                over = true;
                listener.onFailed(error);
                return;
            }
            if (generation != null) {
                generation.discard();
            }
            ask(next.get());
        }

        @Override
        public void cancel() {
            end();
            if (generation != null) {
                generation.cancel();
            }
        }

        @Override
        public void discard() {
            end();
            if (generation != null) {
                generation.discard();
            }
        }

        private void end() {
            if (!over && model != null) {
                model.breaker().givenUp();
            }
            over = true;
            deadline.stop();
        }

        /** What one dialogue tells, as long as it is the one that answers. */
        private final class Deltas implements LlmListener {

            private final Standby<LlmEngine> teller;
            private boolean begun;

            Deltas(Standby<LlmEngine> teller) {
                this.teller = teller;
            }

            private boolean isCurrent() {
                return !over && model == teller;
            }

            /** It goes on; false if nobody cares. */
            private boolean hear() {
                if (!isCurrent()) {
                    return false;
                }
                teller.breaker().worked();
                deadline.stop();
                if (hasSuccessor()) {
                    deadline.restart();
                }
                return true;
            }

            @Override
            public void onText(String delta) {
                if (hear()) {
                    String text = begun || said.isEmpty() || delta.startsWith(" ") ? delta : " " + delta;
                    begun = true;
                    said.append(text);
                    listener.onText(text);
                }
            }

            @Override
            public void onToolCall(String callId, String name, Map<String, Object> arguments) {
                if (hear()) {
                    calledTools = true;
                    listener.onToolCall(callId, name, arguments);
                }
            }

            @Override
            public void onDone() {
                if (hear()) {
                    end();
                    listener.onDone();
                }
            }

            @Override
            public void onFailed(ProviderException error) {
                if (isCurrent()) {
                    failed(error);
                }
            }
        }
    }
}
