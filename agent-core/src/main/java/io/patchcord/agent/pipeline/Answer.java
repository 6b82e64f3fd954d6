package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The text of a response as the model makes it, with a deadline for each piece. Confined to the call loop. */
final class Answer implements LlmListener {

    private final CallLoop loop;
    private final CascadeSettings.Deadlines deadlines;
    private final Response response;
    private final Listener listener;
    private LlmSession.@Nullable Generation generation;
    private CallLoop.@Nullable Timer timer;
    private OptionalLong firstTextNanos = OptionalLong.empty();
    private boolean anything;
    private boolean over;
    private boolean complete;
    private boolean settled;

    /** Hears what becomes of an answer. */
    interface Listener {

        /** The first words are there. */
        void onFirstText(Response response, long atNanos);

        void onToolCall(Response response, String callId, String name, Map<String, Object> arguments);

        /**
         * The answer is complete.
         *
         * @param empty whether there is neither text nor a tool call in it
         */
        void onAnswered(Response response, boolean empty);

        void onAnswerFailed(Response response, ProviderException error);
    }

    Answer(CallLoop loop, CascadeSettings.Deadlines deadlines, Response response, Listener listener) {
        this.loop = loop;
        this.deadlines = deadlines;
        this.response = response;
        this.listener = listener;
    }

    void ask(LlmSession model, List<ConversationItem> history) {
        wait(deadlines.firstText());
        try {
            generation = model.respond(history, this);
        } catch (RuntimeException e) {
            loop.execute(() -> onFailed(ProviderException.of(e)));
        }
    }

    /** When the first words came, if they have. */
    OptionalLong firstTextNanos() {
        return firstTextNanos;
    }

    /** Whether the model has said all. */
    boolean isComplete() {
        return complete;
    }

    /** Wants no more of it. */
    void cancel() {
        end();
        if (generation != null) {
            generation.cancel();
        }
    }

    /** The model has gone on from here: the question is not taken back any more, though the answer may not be wanted. */
    void settle() {
        settled = true;
    }

    /** Takes the question back. */
    void discard() {
        if (settled) {
            cancel();
            return;
        }
        end();
        if (generation != null) {
            generation.discard();
        }
    }

    @Override
    public void onText(String delta) {
        if (over) {
            return;
        }
        wait(deadlines.nextText());
        anything = true;
        if (firstTextNanos.isEmpty()) {
            firstTextNanos = OptionalLong.of(loop.nanoTime());
            listener.onFirstText(response, loop.nanoTime());
        }
        response.addText(delta);
    }

    @Override
    public void onToolCall(String callId, String name, Map<String, Object> arguments) {
        if (!over) {
            wait(deadlines.nextText());
            anything = true;
            listener.onToolCall(response, callId, name, arguments);
        }
    }

    @Override
    public void onDone() {
        if (!over) {
            end();
            complete = true;
            listener.onAnswered(response, !anything);
        }
    }

    @Override
    public void onFailed(ProviderException error) {
        if (!over) {
            end();
            listener.onAnswerFailed(response, error);
        }
    }

    private void wait(Duration deadline) {
        stopTimer();
        timer = loop.schedule(deadline, () -> {
            LlmSession.Generation late = generation;
            if (late != null) {
                late.cancel();
            }
            onFailed(new ProviderException(
                    ProviderException.Kind.TIMEOUT, "no more of the answer for " + deadline.toMillis() + " ms"));
        });
    }

    private void end() {
        over = true;
        stopTimer();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
