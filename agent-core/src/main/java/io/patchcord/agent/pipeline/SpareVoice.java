package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.TtsEngine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A voice that says single sentences in a call when no session can: at best from memory, so that it needs no service. Opened
 * when it is first needed. Each sentence is a response of its own, told in order. Confined to the call loop.
 */
final class SpareVoice implements Response.Listener {

    /** Nobody waits longer for a sentence that is to shorten the time. */
    private static final Duration STALL = Duration.ofSeconds(3);

    private static final String ID = "spare-";

    private final Optional<TtsEngine> engine;
    private final S2sRequest request;
    private final Consumer<S2sEvent> out;
    private final Runnable onIdle;
    private final Queue<Sentence> waiting = new ArrayDeque<>();
    private @Nullable Voice voice;
    private @Nullable Response current;
    private @Nullable Sentence speaking;
    private int lastId;
    private boolean closed;

    private record Sentence(String text, Runnable then) {}

    /**
     * @param engine if there is none, nothing is said
     * @param request of the call
     * @param onIdle run when it has said all
     */
    SpareVoice(Optional<TtsEngine> engine, S2sRequest request, Consumer<S2sEvent> out, Runnable onIdle) {
        this.engine = engine;
        this.request = request;
        this.out = out;
        this.onIdle = onIdle;
    }

    boolean isThere() {
        return engine.isPresent();
    }

    /** Whether it has something to say yet. */
    boolean isBusy() {
        return speaking != null || !waiting.isEmpty();
    }

    /**
     * Says the sentence after those before it.
     *
     * @param then run when its audio is complete, or when it cannot be spoken
     */
    void say(String text, Runnable then) {
        waiting.add(new Sentence(text, then));
        next();
    }

    /** The caller does not hear the rest; true if the response is one of these. */
    boolean interrupt(String responseId) {
        if (!responseId.startsWith(ID)) {
            return false;
        }
        Response response = current;
        if (response != null && response.id().equals(responseId)) {
            response.stop();
            finished();
        }
        return true;
    }

    void close() {
        closed = true;
        waiting.clear();
        if (voice != null) {
            voice.close();
        }
    }

    private void next() {
        while (speaking == null && !closed && !waiting.isEmpty()) {
            Sentence sentence = waiting.remove();
            speaking = sentence;
            Voice mouth = voice();
            if (mouth == null) {
                finished();
            } else {
                Response response = new Response(ID + ++lastId, mouth, this);
                current = response;
                response.gate().open();
                response.addText(sentence.text);
                response.endText();
            }
        }
    }

    private @Nullable Voice voice() {
        if (voice == null && engine.isPresent()) {
            try {
                voice = new Voice(engine.get(), request.loop(), Optional.empty(), request.language(), STALL);
            } catch (ProviderException e) {
                // Then there is silence; why there is no other voice has been told already.
                return null;
            }
        }
        return voice;
    }

    @Override
    public void onEvent(Response response, S2sEvent event) {
        out.accept(event);
    }

    @Override
    public void onVoiceFailed(Response response, ProviderException error) {
        response.finish();
    }

    @Override
    public void onFinished(Response response) {
        finished();
    }

    private void finished() {
        Sentence said = speaking;
        speaking = null;
        current = null;
        if (said != null && !closed) {
            said.then.run();
        }
        next();
        if (!isBusy() && !closed) {
            onIdle.run();
        }
    }
}
