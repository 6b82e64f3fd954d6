package io.patchcord.examples;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An engine that says what it hears, once the caller pauses: the smallest conversation there is. */
public final class Parrot implements S2sEngine {

    @Override
    public String description() {
        return "a parrot";
    }

    @Override
    public S2sCapabilities capabilities() {
        return new S2sCapabilities(false, false, false);
    }

    @Override
    public S2sSession open(S2sRequest request, S2sListener listener) {
        request.loop().execute(() -> listener.onEvent(new S2sEvent.Ready()));
        return new Ear(request, listener);
    }

    @Override
    public void close() {}

    /** The caller's side of one call. Confined to the call loop. */
    private static final class Ear implements S2sSession {

        private static final int LOUD = 500;
        private static final Duration PAUSE = Duration.ofMillis(500);

        private final S2sRequest request;
        private final S2sListener listener;
        private final List<AudioFrame> heard = new ArrayList<>();
        private long lastLoud;
        private int responses;
        private boolean closed;

        Ear(S2sRequest request, S2sListener listener) {
            this.request = request;
            this.listener = listener;
        }

        @Override
        public void sendAudio(AudioFrame frame) {
            long now = request.loop().nanoTime();
            if (isLoud(frame)) {
                lastLoud = now;
                if (heard.isEmpty()) {
                    listener.onEvent(new S2sEvent.SpeechStarted());
                }
            }
            if (now - lastLoud < PAUSE.toNanos()) {
                heard.add(frame);
            } else if (!heard.isEmpty()) {
                repeat();
            }
        }

        private void repeat() {
            String id = "r" + ++responses;
            listener.onEvent(new S2sEvent.SpeechStopped());
            listener.onEvent(new S2sEvent.TurnEnded(lastLoud));
            listener.onEvent(new S2sEvent.ResponseStarted(id));
            heard.forEach(frame -> listener.onEvent(new S2sEvent.ResponseAudio(id, frame)));
            listener.onEvent(new S2sEvent.ResponseDone(id));
            heard.clear();
        }

        private static boolean isLoud(AudioFrame frame) {
            long sum = 0;
            for (short sample : frame.toSamples()) {
                sum += Math.abs(sample);
            }
            return frame.samples() > 0 && sum / frame.samples() > LOUD;
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
                listener.onEvent(new S2sEvent.Closed());
            }
        }
    }
}
