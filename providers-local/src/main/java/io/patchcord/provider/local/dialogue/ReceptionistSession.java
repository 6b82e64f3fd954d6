package io.patchcord.provider.local.dialogue;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ToolSpec;
import io.patchcord.provider.local.dialogue.IntentFinder.Found;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The receptionist's dialogue with one caller. Confined to the call loop; only meanings are sought elsewhere. */
final class ReceptionistSession implements LlmSession {

    private static final Logger log = LoggerFactory.getLogger(ReceptionistSession.class);

    private static final char END_OF_NUMBER = '#';

    private final String callId;
    private final CallLoop loop;
    private final Set<String> tools;
    private final Receptionist receptionist;
    private final Function<String, CompletableFuture<Found>> meanings;
    private State state;
    private Keys keys = Keys.NONE;
    private @Nullable Answering current;
    private int lastCall;
    private boolean closed;

    /**
     * What was keyed in and not answered yet.
     *
     * @param pressed a key that means something by itself
     * @param number the digits of a number so far
     */
    private record Keys(Optional<Character> pressed, String number, boolean complete) {

        static final Keys NONE = new Keys(Optional.empty(), "", false);
    }

    /**
     * @param meanings finds what a sentence means, on a thread of its own
     */
    ReceptionistSession(
            LlmRequest request,
            Receptionist receptionist,
            State initial,
            Function<String, CompletableFuture<Found>> meanings) {
        this.callId = request.callId();
        this.loop = request.loop();
        this.tools = request.tools().stream().map(ToolSpec::name).collect(Collectors.toUnmodifiableSet());
        this.receptionist = receptionist;
        this.state = initial;
        this.meanings = meanings;
    }

    @Override
    public boolean onDtmf(char digit) {
        if (closed) {
            return false;
        }
        if (state.step() != State.Step.NUMBER) {
            boolean known = receptionist.knows(digit);
            keys = known ? new Keys(Optional.of(digit), "", false) : keys;
            return known;
        }
        boolean complete = digit == END_OF_NUMBER;
        if (complete || Character.isDigit(digit)) {
            keys = new Keys(Optional.empty(), complete ? keys.number : keys.number + digit, complete);
        }
        return complete;
    }

    @Override
    public Generation respond(List<ConversationItem> history, LlmListener listener) {
        if (current != null) {
            current.cancel();
        }
        Answering answering = new Answering(listener, state, keys);
        current = answering;
        if (!closed) {
            answering.begin(history.isEmpty() ? null : history.get(history.size() - 1));
        }
        return answering;
    }

    @Override
    public void close() {
        closed = true;
        if (current != null) {
            current.cancel();
        }
    }

    /** One answer on its way. */
    private final class Answering implements Generation {

        private final LlmListener listener;
        private final State before;
        private final Keys keysBefore;
        private @Nullable CompletableFuture<Found> search;
        private boolean over;
        private boolean discarded;

        Answering(LlmListener listener, State before, Keys keysBefore) {
            this.listener = listener;
            this.before = before;
            this.keysBefore = keysBefore;
        }

        void begin(@Nullable ConversationItem last) {
            boolean numberIsKeyed = keysBefore.complete && before.step() == State.Step.NUMBER;
            if (keysBefore.pressed.isPresent()) {
                char key = keysBefore.pressed.get();
                keys = Keys.NONE;
                later(() -> receptionist.key(before, key, tools));
            } else if (numberIsKeyed) {
                keys = Keys.NONE;
                later(() -> MessageTaking.keyed(before, keysBefore.number));
            } else if (last instanceof ConversationItem.CallerSaid said) {
                hear(said.text());
            } else if (last instanceof ConversationItem.ToolReturned returned) {
                later(() -> receptionist.afterTool(before, returned.result()));
            } else {
                later(() -> receptionist.atALoss(before));
            }
        }

        private void hear(String text) {
            if (before.takesMessage()) {
                later(() -> MessageTaking.answer(before, text));
                return;
            }
            Optional<Intent> plain = PlainWords.intent(Words.of(text));
            if (plain.isPresent()) {
                later(() -> receptionist.answer(before, plain.get(), text, tools));
                return;
            }
            CompletableFuture<Found> result = meanings.apply(text);
            search = result;
            result.whenComplete((found, error) -> loop.execute(() -> {
                if (error != null) {
                    fail(ProviderException.of(error));
                } else {
                    log.debug("[{}] \"{}\" is {} ({})", callId, text, found.intent(), found.score());
                    tell(receptionist.answer(before, found, text, tools));
                }
            }));
        }

        private void later(Supplier<Reply> reply) {
            loop.execute(() -> {
                if (!over) {
                    tell(reply.get());
                }
            });
        }

        private void tell(Reply reply) {
            if (over) {
                return;
            }
            state = reply.next();
            listener.onText(reply.text());
            reply.action()
                    .filter(action -> !over)
                    .ifPresent(action ->
                            listener.onToolCall("receptionist-" + ++lastCall, action.tool(), action.arguments()));
            if (!over) {
                over = true;
                listener.onDone();
            }
        }

        private void fail(ProviderException error) {
            if (!over) {
                over = true;
                listener.onFailed(error);
            }
        }

        @Override
        public void cancel() {
            over = true;
            if (search != null) {
                search.cancel(false);
            }
        }

        @Override
        public void discard() {
            cancel();
            if (!discarded && current == this) {
                discarded = true;
                state = before;
                keys = keysBefore;
            }
        }
    }
}
