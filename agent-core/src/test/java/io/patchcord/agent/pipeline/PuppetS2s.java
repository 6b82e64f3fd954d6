package io.patchcord.agent.pipeline;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.testing.ToneSpeech;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A speech-to-speech service that tells what the test wants, and writes down what it is asked for. */
final class PuppetS2s implements S2sEngine {

    private final ToneSpeech tones;
    private final List<String> results = new ArrayList<>();
    private final StringBuilder keys = new StringBuilder();
    private S2sListener listener;
    private boolean closed;

    PuppetS2s(ToneSpeech tones) {
        this.tones = tones;
    }

    /** What it was told that tools have returned. */
    List<String> results() {
        return results;
    }

    String keys() {
        return keys.toString();
    }

    boolean isClosed() {
        return closed;
    }

    void tell(S2sEvent event) {
        listener.onEvent(event);
    }

    void says(String id, String text) {
        tell(new S2sEvent.ResponseStarted(id));
        tell(new S2sEvent.ResponseText(id, text));
        tell(new S2sEvent.ResponseAudio(id, tones.speak(8_000, text)));
        tell(new S2sEvent.ResponseDone(id));
    }

    void callerSaid(String text) {
        tell(new S2sEvent.SpeechStarted());
        tell(new S2sEvent.SpeechStopped());
        tell(new S2sEvent.TurnEnded(0));
        tell(new S2sEvent.InputTranscript(text, true));
    }

    @Override
    public String description() {
        return "puppet";
    }

    @Override
    public S2sCapabilities capabilities() {
        return new S2sCapabilities(true, true, true, true);
    }

    @Override
    public S2sSession open(S2sRequest request, S2sListener outer) {
        listener = outer;
        request.loop().schedule(Duration.ofMillis(100), () -> outer.onEvent(new S2sEvent.Ready()));
        return new S2sSession() {
            @Override
            public void sendAudio(AudioFrame frame) {}

            @Override
            public void sendDtmf(char digit) {
                keys.append(digit);
            }

            @Override
            public void interrupt(String responseId, Duration playedOut) {}

            @Override
            public void toolResult(String callId, String result) {
                results.add(result);
            }

            @Override
            public void say(String text) {}

            @Override
            public void close() {
                closed = true;
            }
        };
    }

    @Override
    public void close() {}
}
