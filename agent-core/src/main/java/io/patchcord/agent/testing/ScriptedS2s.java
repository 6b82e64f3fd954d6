package io.patchcord.agent.testing;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A speech-to-speech engine that says and hears only what a test makes it say and hear; it notes what the core asks of it.
 * Holds one session at a time. Confined to the test's thread.
 */
public final class ScriptedS2s implements S2sEngine {

    private final List<String> log = new ArrayList<>();
    private @Nullable S2sRequest request;
    private @Nullable S2sListener listener;
    private @Nullable ProviderException refusal;
    private int audioFrames;

    /** Lets the next {@link #open} fail. */
    public void refuse(ProviderException error) {
        refusal = error;
    }

    @Override
    public String description() {
        return "scripted";
    }

    @Override
    public S2sCapabilities capabilities() {
        return new S2sCapabilities(true, true, true);
    }

    @Override
    public S2sSession open(S2sRequest newRequest, S2sListener newListener) {
        if (refusal != null) {
            throw refusal;
        }
        request = newRequest;
        listener = newListener;
        return new Session();
    }

    @Override
    public void close() {}

    /** What the last session was opened with. */
    public S2sRequest request() {
        if (request == null) {
            throw new IllegalStateException("no session was opened");
        }
        return request;
    }

    /** What the core asked for, one line each, such as {@code "interrupt r1 400"} (milliseconds). */
    public List<String> log() {
        return List.copyOf(log);
    }

    /** How many frames of the caller arrived. */
    public int audioFrames() {
        return audioFrames;
    }

    /** Lets the session tell something. */
    public void emit(S2sEvent event) {
        if (listener == null) {
            throw new IllegalStateException("no session is open");
        }
        listener.onEvent(event);
    }

    /** A whole response of a tone of this length, delivered at once as services do. */
    public void respond(String responseId, Duration length) {
        emit(new S2sEvent.ResponseStarted(responseId));
        emit(new S2sEvent.ResponseAudio(responseId, tone(length)));
        emit(new S2sEvent.ResponseDone(responseId));
    }

    /** Linear 8 kHz audio without a silent sample. */
    public static AudioFrame tone(Duration length) {
        byte[] data = new byte[AudioFormat.SLIN_8K.bytesIn(length)];
        Arrays.fill(data, (byte) 16);
        return AudioFrame.of(AudioFormat.SLIN_8K, data);
    }

    private final class Session implements S2sSession {

        @Override
        public void sendAudio(AudioFrame frame) {
            audioFrames++;
        }

        @Override
        public void sendDtmf(char digit) {
            log.add("dtmf " + digit);
        }

        @Override
        public void interrupt(String responseId, Duration playedOut) {
            log.add("interrupt " + responseId + " " + playedOut.toMillis());
        }

        @Override
        public void playedOut(String responseId) {
            log.add("playedOut " + responseId);
        }

        @Override
        public void toolResult(String callId, String result) {
            log.add("toolResult " + callId + " " + result);
        }

        @Override
        public void say(String text) {
            log.add("say " + text);
        }

        @Override
        public void changeInstructions(String instructions) {
            log.add("instructions " + instructions);
        }

        @Override
        public void changeVoice(String voice) {
            log.add("voice " + voice);
        }

        @Override
        public void close() {
            if (listener != null) {
                S2sListener last = listener;
                listener = null;
                log.add("close");
                last.onEvent(new S2sEvent.Closed());
            }
        }
    }
}
