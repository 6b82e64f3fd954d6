package io.patchcord.agent.pipeline;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.text.ClauseChunker;
import io.patchcord.agent.pipeline.voice.Spoken;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sEvent;
import org.jspecify.annotations.Nullable;

/**
 * One response on its way from text to audio: text is cut into clauses, the voice speaks them, and what may be heard is
 * told. Confined to the call loop.
 */
final class Response {

    private final String id;
    private final Voice voice;
    private final Listener listener;
    private final Gate gate;
    private final Spoken spoken = new Spoken();
    private ClauseChunker chunker = new ClauseChunker(ClauseChunker.Settings.DEFAULT);
    private @Nullable Answer answer;
    private int clausesLeft;
    private boolean textComplete;
    private @Nullable TurnMarks marks;
    private Troubles.@Nullable Apology apology;
    private boolean calledTools;
    private int callsKept;
    private boolean stopped;
    private boolean over;

    /** Hears what becomes of a response. */
    interface Listener {

        /** May be told now, in order. */
        void onEvent(Response response, S2sEvent event);

        /** The voice failed; the clauses that were left are forgotten, and the response needs an end. */
        void onVoiceFailed(Response response, ProviderException error);

        /** All audio was told. */
        void onFinished(Response response);
    }

    Response(String id, Voice voice, Listener listener) {
        this.id = id;
        this.voice = voice;
        this.listener = listener;
        this.gate = new Gate(this::pass);
        gate.tell(new S2sEvent.ResponseStarted(id));
    }

    String id() {
        return id;
    }

    Gate gate() {
        return gate;
    }

    Spoken spoken() {
        return spoken;
    }

    /** Where its text comes from, unless that is given. */
    @Nullable
    Answer answer() {
        return answer;
    }

    void answer(Answer source) {
        answer = source;
    }

    /** The marks of the turn that it answers, if it does. */
    @Nullable
    TurnMarks marks() {
        return marks;
    }

    void marks(@Nullable TurnMarks ofTurn) {
        marks = ofTurn;
    }

    /** Asks for a tool, when the response may be heard. */
    void callTool(S2sEvent.ToolCall call) {
        callsKept++;
        gate.tell(call);
    }

    /** Whether a tool was asked for. */
    boolean hasCalledTools() {
        return calledTools;
    }

    /** Whether a tool is still to be asked for. */
    boolean isKeepingCalls() {
        return callsKept > 0;
    }

    /** Whether no more audio will come. */
    boolean isOver() {
        return over;
    }

    /** Whether it was stopped, while it was being made or heard. */
    boolean isStopped() {
        return stopped;
    }

    void addText(String delta) {
        chunker.add(delta).forEach(this::speak);
    }

    void endText() {
        chunker.finish().forEach(this::speak);
        textComplete = true;
        finishIfDone();
    }

    /** Ends the response with an apology after what was said so far. */
    void apologize(Troubles.Apology words) {
        chunker.finish().forEach(this::speak);
        chunker = new ClauseChunker(ClauseChunker.Settings.DEFAULT);
        apology = words;
        addText(words.words());
        endText();
    }

    /** What it ends with, if that is an apology. */
    Troubles.@Nullable Apology apology() {
        return apology;
    }

    /** Stops here: nothing more is told of it. */
    void stop() {
        if (!over) {
            over = true;
            voice.cancel();
        }
        stopped = true;
        gate.shut();
    }

    /** Ends here, with what was told so far. */
    void finish() {
        if (!over) {
            if (clausesLeft > 0) {
                voice.cancel();
            }
            over = true;
            gate.tell(new S2sEvent.ResponseDone(id));
            listener.onFinished(this);
        }
    }

    private void pass(S2sEvent event) {
        if (event instanceof S2sEvent.ToolCall) {
            calledTools = true;
            callsKept--;
        }
        listener.onEvent(this, event);
    }

    private void speak(String clause) {
        if (!over) {
            clausesLeft++;
            voice.speak(clause, new ClauseAudio(clause));
        }
    }

    private void finishIfDone() {
        if (textComplete && clausesLeft == 0) {
            finish();
        }
    }

    /** The audio of one clause. */
    private final class ClauseAudio implements Voice.ClauseListener {

        private final String text;
        private boolean begun;

        ClauseAudio(String text) {
            this.text = text;
        }

        @Override
        public void onAudio(AudioFrame audio) {
            if (over) {
                return;
            }
            if (!begun) {
                begun = true;
                String words = spoken.text().isEmpty() ? text : " " + text;
                spoken.addText(words);
                gate.tell(new S2sEvent.ResponseText(id, words));
            }
            spoken.addAudio(audio.duration());
            gate.tell(new S2sEvent.ResponseAudio(id, audio));
        }

        @Override
        public void onDone() {
            if (over) {
                return;
            }
            if (begun) {
                spoken.endWords();
            }
            clausesLeft--;
            finishIfDone();
        }

        @Override
        public void onFailed(ProviderException error) {
            if (!over) {
                clausesLeft = 0;
                // What was cut but not spoken went with the voice.
                chunker.finish();
                listener.onVoiceFailed(Response.this, error);
            }
        }
    }
}
