package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The responses of a session: their audio is made one after the other, and each is known until it has been heard. Confined
 * to the call loop; the receiver of the events may call back while it is told one.
 */
final class Responses implements Response.Listener {

    /** Who heard less than this of a response heard nothing. */
    private static final Duration NOTHING_HEARD = Duration.ofMillis(120);

    private static final int REMEMBERED = 16;

    private final CallLoop loop;
    private final Voice voice;
    private final History history;
    private final Troubles troubles;
    private final Consumer<S2sEvent> out;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Map<String, Response> recent = new LinkedHashMap<>();
    private final Set<String> sounding = new HashSet<>();
    private final Map<String, Response> openCalls = new HashMap<>();
    private @Nullable Response current;
    private boolean lastInterrupted;
    private int lastId;

    Responses(CallLoop loop, Voice voice, History history, Troubles troubles, Consumer<S2sEvent> out) {
        this.loop = loop;
        this.voice = voice;
        this.history = history;
        this.troubles = troubles;
        this.out = out;
    }

    /** Speaks the sentence as a response of its own, after those that are waiting. */
    void say(String sentence) {
        whenFree(() -> {
            Response response = create();
            begin(response);
            response.addText(sentence);
            response.endText();
        });
    }

    /** Apologizes in a response of its own. */
    void apologize(Troubles.Apology apology) {
        whenFree(() -> {
            Response response = create();
            begin(response);
            response.apologize(apology);
        });
    }

    /** Runs the start of a response when the voice is free for it. */
    void whenFree(Runnable start) {
        waiting.add(start);
        next();
    }

    /** A response of which nothing is told yet; it takes the voice. */
    Response create() {
        Response response = new Response("r" + ++lastId, voice, this);
        current = response;
        return response;
    }

    /** The response may be heard from now on. */
    void begin(Response response) {
        remember(response);
        lastInterrupted = false;
        history.agentSpeaks(response.spoken());
        response.gate().open();
    }

    /** Whether nothing is being made and nothing waits. */
    boolean isIdle() {
        return waiting.isEmpty() && isFree();
    }

    /** Whether the caller hears a response now, as far as is known. */
    boolean isBeingHeard() {
        return !sounding.isEmpty();
    }

    /** Whether the caller interrupted the last response. */
    boolean wasInterrupted() {
        return lastInterrupted;
    }

    @Nullable
    Response current() {
        return current;
    }

    /** Nothing of the response was heard, and nothing will be. */
    void drop(Response response) {
        recent.remove(response.id());
        response.stop();
        history.forget(response.spoken());
        if (response.gate().isUnfinished()) {
            out.accept(new S2sEvent.ResponseDone(response.id()));
        }
        free(response);
    }

    /** Ends the response early, with what was told so far. */
    void cutShort(Response response) {
        Answer answer = response.answer();
        if (answer != null) {
            answer.cancel();
        }
        response.finish();
    }

    /** The caller heard only so much of it. */
    void interrupt(String responseId, Duration playedOut) {
        Response response = recent.get(responseId);
        if (response == null) {
            return;
        }
        sounding.remove(responseId);
        response.stop();
        Answer answer = response.answer();
        boolean unheard = playedOut.compareTo(NOTHING_HEARD) < 0;
        if (unheard && history.isLast(response.spoken())) {
            history.forget(response.spoken());
            if (answer != null) {
                answer.discard();
            }
        } else {
            lastInterrupted = true;
            response.spoken().cut(playedOut);
            if (answer != null) {
                answer.cancel();
            }
        }
        free(response);
    }

    /** The caller heard all of it. */
    void playedOut(String responseId) {
        sounding.remove(responseId);
    }

    /** A tool has answered; gives the response that had asked for it, if one had. */
    @Nullable
    Response toolReturned(String callId, String result) {
        Response response = openCalls.remove(callId);
        if (response != null) {
            history.toolReturned(callId, result);
        }
        return response;
    }

    /** Whether tools of this response are to answer yet. */
    boolean hasOpenCalls(Response response) {
        return response.isKeepingCalls() || openCalls.containsValue(response);
    }

    void close() {
        waiting.clear();
        Response last = current;
        current = null;
        if (last != null) {
            Answer answer = last.answer();
            if (answer != null) {
                answer.cancel();
            }
            last.stop();
        }
    }

    /** Goes on with what waits, now that nothing keeps the response back. */
    void next() {
        while (isFree() && !waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    @Override
    public void onEvent(Response response, S2sEvent event) {
        if (event instanceof S2sEvent.ResponseAudio) {
            sounding.add(response.id());
            TurnMarks marks = response.marks();
            if (marks != null) {
                marks.mark(S2sEvent.Stage.FIRST_AUDIO, loop.nanoTime());
            }
        } else if (event instanceof S2sEvent.ToolCall call) {
            history.toolCalled(call.callId(), call.name(), call.arguments());
            openCalls.put(call.callId(), response);
        }
        out.accept(event);
    }

    @Override
    public void onVoiceFailed(Response response, ProviderException error) {
        Troubles.Apology apology = troubles.failed(Troubles.Source.VOICE, error);
        Answer answer = response.answer();
        if (!recent.containsKey(response.id()) && answer != null) {
            answer.discard();
            drop(response);
            return;
        }
        if (answer != null) {
            answer.cancel();
        }
        Troubles.Apology before = response.apology();
        if (before == null) {
            response.apologize(apology);
        } else {
            // Not even the apology can be spoken.
            response.finish();
            giveUpIfNeeded(before.reason() == null ? apology : before);
        }
    }

    @Override
    public void onFinished(Response response) {
        Troubles.Apology apology = response.apology();
        if (apology == null) {
            troubles.worked(Troubles.Source.VOICE);
        } else {
            giveUpIfNeeded(apology);
        }
        next();
    }

    private void giveUpIfNeeded(Troubles.Apology apology) {
        if (apology.reason() != null) {
            waiting.clear();
            out.accept(new S2sEvent.Failed(apology.reason()));
        }
    }

    private boolean isFree() {
        return current == null || (current.isOver() && current.gate().isEmpty());
    }

    private void free(Response response) {
        if (current == response) {
            current = null;
        }
        next();
    }

    private void remember(Response response) {
        recent.put(response.id(), response);
        if (recent.size() > REMEMBERED) {
            recent.remove(recent.keySet().iterator().next());
        }
    }
}
