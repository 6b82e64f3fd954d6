package io.patchcord.agent.asterisk;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.testing.ScriptedS2s;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Greets with a tone, and uses a tool for each key: {@code 1} hangs up, {@code 2} transfers to 7001, {@code 3} fails. */
final class ToneEngine implements S2sEngine {

    final AtomicInteger open = new AtomicInteger();

    @Override
    public String description() {
        return "tones";
    }

    @Override
    public S2sCapabilities capabilities() {
        return new S2sCapabilities(true, true, true);
    }

    @Override
    public S2sSession open(S2sRequest request, S2sListener listener) {
        open.incrementAndGet();
        request.loop().execute(() -> tone(listener, "greeting"));
        return new Session(listener);
    }

    @Override
    public void close() {}

    private static void tone(S2sListener listener, String id) {
        listener.onEvent(new S2sEvent.ResponseStarted(id));
        listener.onEvent(new S2sEvent.ResponseAudio(id, ScriptedS2s.tone(Duration.ofMillis(100))));
        listener.onEvent(new S2sEvent.ResponseDone(id));
    }

    private final class Session implements S2sSession {
        private final S2sListener listener;
        private boolean closed;

        Session(S2sListener listener) {
            this.listener = listener;
        }

        @Override
        public void sendAudio(AudioFrame frame) {}

        @Override
        public void sendDtmf(char digit) {
            switch (digit) {
                case '1' -> listener.onEvent(new S2sEvent.ToolCall("t", "hang_up", Map.of()));
                case '2' -> listener.onEvent(new S2sEvent.ToolCall("t", "transfer", Map.of("destination", "7001")));
                case '3' -> close();
                default -> tone(listener, "answer" + digit);
            }
        }

        @Override
        public void interrupt(String responseId, Duration playedOut) {}

        @Override
        public void toolResult(String callId, String result) {}

        @Override
        public void say(String text) {}

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
                listener.onEvent(new S2sEvent.Closed());
            }
        }
    }
}
