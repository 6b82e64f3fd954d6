package io.patchcord.examples;

import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ConversationItem.CallerSaid;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sProvider;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A provider from scratch: a parrot that says what it hears once the caller pauses, and whistles what it is to say. Found by
 * name through {@code META-INF/services}: {@code AI_PROVIDER=parrot}. The contract tests tell that it keeps the rules.
 */
public final class ParrotProvider implements S2sProvider {

    @Override
    public String name() {
        return "parrot";
    }

    @Override
    public List<ConfigKey> configKeys() {
        return List.of(ConfigKey.of("PARROT_PAUSE", "silence after which the parrot repeats what it heard", "500ms"));
    }

    @Override
    public S2sEngine create(ProviderConfig config) {
        return new Parrot(config.duration("PARROT_PAUSE", Duration.ofMillis(500)));
    }

    /** Lives as long as the process, and is shared by all calls: a real one holds its connections or models here. */
    private record Parrot(Duration pause) implements S2sEngine {

        @Override
        public String description() {
            return "a parrot";
        }

        @Override
        public S2sCapabilities capabilities() {
            return new S2sCapabilities(true, false, false, false);
        }

        @Override
        public S2sSession open(S2sRequest request, S2sListener listener) {
            Call call = new Call(request, listener, pause);
            // Later: nothing may be told before this method has returned.
            request.loop().execute(call::begin);
            return call;
        }

        @Override
        public void close() {}
    }

    /** One call. All of it happens on the call's loop, so its state is plain fields. */
    private static final class Call implements S2sSession {

        private static final int LOUD = 500;
        private static final double PITCH_HZ = 1_200;

        private final S2sRequest request;
        private final S2sListener listener;
        private final Duration pause;
        private final AudioConverter ear = new AudioConverter(AudioFormat.SLIN_8K);
        private final List<AudioFrame> heard = new ArrayList<>();
        private long lastLoud;
        private int responses;
        private String interrupted = "";
        private boolean closed;

        Call(S2sRequest request, S2sListener listener, Duration pause) {
            this.request = request;
            this.listener = listener;
            this.pause = pause;
        }

        /** Greets; or, where another provider has led the conversation so far, answers what it has left open. */
        void begin() {
            tell(new S2sEvent.Ready());
            int past = request.history().size();
            if (past == 0) {
                request.greeting().ifPresent(this::whistle);
            } else if (request.history().get(past - 1) instanceof CallerSaid question) {
                whistle(question.text());
            }
        }

        @Override
        public void sendAudio(AudioFrame frame) {
            AudioFrame linear = ear.convert(frame);
            long now = request.loop().nanoTime();
            if (isLoud(linear)) {
                lastLoud = now;
                if (heard.isEmpty()) {
                    tell(new S2sEvent.SpeechStarted());
                }
            } else if (heard.isEmpty()) {
                return;
            }
            heard.add(linear);
            if (now - lastLoud >= pause.toNanos()) {
                tell(new S2sEvent.SpeechStopped());
                tell(new S2sEvent.TurnEnded(lastLoud));
                respond("", List.copyOf(heard));
                heard.clear();
            }
        }

        @Override
        public void say(String text) {
            request.loop().execute(() -> whistle(text));
        }

        /** A note for each word. */
        private void whistle(String text) {
            List<AudioFrame> notes = new ArrayList<>();
            for (String word : text.split(" ", -1)) {
                short[] note = new short[1_600];
                for (int i = 0; i < 1_200; i++) {
                    note[i] = (short) (8_000 * Math.sin(2 * Math.PI * (PITCH_HZ + 50 * word.length()) * i / 8_000));
                }
                notes.add(AudioFrame.ofSamples(8_000, note));
            }
            respond(text, notes);
        }

        private void respond(String text, List<AudioFrame> audio) {
            String id = "r" + ++responses;
            tell(new S2sEvent.ResponseStarted(id));
            tell(new S2sEvent.ResponseText(id, text));
            for (AudioFrame frame : audio) {
                if (!id.equals(interrupted)) {
                    tell(new S2sEvent.ResponseAudio(id, frame));
                }
            }
            tell(new S2sEvent.ResponseDone(id));
        }

        @Override
        public void interrupt(String responseId, Duration playedOut) {
            // A response is told as a whole; only who hears its first note can stop the others.
            interrupted = responseId;
        }

        @Override
        public void toolResult(String callId, String result) {
            // It calls no tools, as its capabilities say.
        }

        private void tell(S2sEvent event) {
            if (!closed) {
                listener.onEvent(event);
            }
        }

        @Override
        public void close() {
            if (!closed) {
                tell(new S2sEvent.Closed());
                closed = true;
            }
        }

        private static boolean isLoud(AudioFrame frame) {
            long sum = 0;
            for (short sample : frame.toSamples()) {
                sum += Math.abs(sample);
            }
            return frame.samples() > 0 && sum / frame.samples() > LOUD;
        }
    }
}
