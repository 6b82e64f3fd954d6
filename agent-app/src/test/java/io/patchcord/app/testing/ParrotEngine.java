package io.patchcord.app.testing;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Beeps for half a second as its greeting, and again 300 ms after the caller has fallen silent. */
final class ParrotEngine implements S2sEngine {

    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final int pitchHz;
    private final String key;

    ParrotEngine(int pitchHz, String key) {
        this.pitchHz = pitchHz;
        this.key = key;
    }

    /** A key that is "wrong" is, and one that is "asleep" cannot be looked at now. */
    @Override
    public CompletableFuture<Void> check() {
        return switch (key) {
            case "wrong" ->
                CompletableFuture.failedFuture(
                        new ProviderException(Kind.UNAUTHORIZED, "the parrot does not take PARROT_KEY"));
            case "asleep" ->
                CompletableFuture.failedFuture(new ProviderException(Kind.UNAVAILABLE, "the parrot is asleep"));
            default -> CompletableFuture.completedFuture(null);
        };
    }

    @Override
    public S2sCapabilities capabilities() {
        return new S2sCapabilities(true, false, false);
    }

    @Override
    public S2sSession open(S2sRequest request, S2sListener listener) {
        Session session = new Session(request, listener);
        request.loop().execute(session::greet);
        return session;
    }

    @Override
    public String description() {
        return "parrot at " + pitchHz + " Hz";
    }

    @Override
    public void close() {}

    private final class Session implements S2sSession {

        private final S2sRequest request;
        private final S2sListener listener;
        private long lastSound;
        private boolean spoken;
        private int responses;
        private boolean closed;

        Session(S2sRequest request, S2sListener listener) {
            this.request = request;
            this.listener = listener;
        }

        void greet() {
            if (!closed) {
                listener.onEvent(new S2sEvent.Ready());
                beep();
            }
        }

        @Override
        public void sendAudio(AudioFrame frame) {
            long now = request.loop().nanoTime();
            if (isLoud(frame)) {
                lastSound = now;
                spoken = true;
            } else if (spoken && now - lastSound > PATIENCE.toNanos()) {
                spoken = false;
                listener.onEvent(new S2sEvent.TurnEnded(lastSound));
                beep();
            }
        }

        private void beep() {
            String id = "beep-" + ++responses;
            short[] samples = new short[4_000];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (short) (8_000 * Math.sin(2 * Math.PI * pitchHz * i / 8_000));
            }
            listener.onEvent(new S2sEvent.ResponseStarted(id));
            listener.onEvent(new S2sEvent.ResponseAudio(id, AudioFrame.ofSamples(8_000, samples)));
            listener.onEvent(new S2sEvent.ResponseDone(id));
        }

        private static boolean isLoud(AudioFrame frame) {
            if (frame.format().encoding() != AudioFormat.Encoding.SLIN) {
                return false;
            }
            for (short sample : frame.toSamples()) {
                if (Math.abs(sample) > 1_000) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void interrupt(String responseId, Duration playedOut) {}

        @Override
        public void toolResult(String callId, String result) {}

        @Override
        public void say(String text) {
            beep();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                request.loop().execute(() -> listener.onEvent(new S2sEvent.Closed()));
            }
        }
    }
}
