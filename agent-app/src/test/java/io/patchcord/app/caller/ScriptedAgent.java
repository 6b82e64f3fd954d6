package io.patchcord.app.caller;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.audiosocket.AudioKind;
import io.patchcord.audiosocket.AudioSocketCall;
import io.patchcord.audiosocket.AudioSocketCallHandler;
import io.patchcord.audiosocket.AudioSocketServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An agent of tones on a real socket, which keeps its own record of how long it took to answer: greets for 400 ms, and
 * answers for 600 ms when the caller has been silent for a given time.
 */
final class ScriptedAgent implements AutoCloseable {

    private final AudioSocketServer server;
    private final List<Duration> answeredAfter = new CopyOnWriteArrayList<>();
    private final List<Duration> stoppedAfter = new CopyOnWriteArrayList<>();
    private final List<Character> digits = new CopyOnWriteArrayList<>();
    private final Duration patience;
    private final int greetingMillis;
    private final boolean hangsUp;

    ScriptedAgent(Duration patience, int greetingMillis, boolean hangsUp) {
        this.patience = patience;
        this.greetingMillis = greetingMillis;
        this.hangsUp = hangsUp;
        this.server = AudioSocketServer.builder().bind("127.0.0.1", 0).startCalls(Handler::new);
    }

    static ScriptedAgent answering(Duration patience) {
        return new ScriptedAgent(patience, 400, false);
    }

    /** Takes calls and sends nothing but silence. */
    static ScriptedAgent mute() {
        return new ScriptedAgent(Duration.ofHours(1), 0, false);
    }

    String address() {
        return "127.0.0.1:" + server.port();
    }

    /** From the last sound received to the answer, of each answer, as the agent saw it. */
    List<Duration> answeredAfter() {
        return answeredAfter;
    }

    /** From the first sound received to the end of its own, where it was interrupted. */
    List<Duration> stoppedAfter() {
        return stoppedAfter;
    }

    List<Character> digits() {
        return digits;
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Handler implements AudioSocketCallHandler {

        private final AudioSocketCall call;
        private long firstSound;
        private long lastSound;
        private boolean heard;
        private boolean speaking;

        Handler(AudioSocketCall call) {
            this.call = call;
            speak(greetingMillis);
        }

        @Override
        public void onAudio(AudioKind kind, byte[] pcm) {
            long now = System.nanoTime();
            if (Loudness.isSound(AudioFrame.of(AudioFormat.SLIN_8K, pcm).toSamples())) {
                firstSound = heard ? firstSound : now;
                lastSound = now;
                heard = true;
                if (speaking && now - firstSound > 150_000_000) {
                    call.clear();
                    speaking = false;
                    stoppedAfter.add(Duration.ofNanos(now - firstSound));
                }
            } else if (heard && now - lastSound >= patience.toNanos()) {
                heard = false;
                answeredAfter.add(Duration.ofNanos(now - lastSound));
                speak(600);
            }
        }

        @Override
        public void onDtmf(char digit) {
            digits.add(digit);
            lastSound = System.nanoTime();
            heard = true;
        }

        @Override
        public void onPlayedOut() {
            speaking = false;
        }

        private void speak(int millis) {
            speaking = millis > 0;
            call.play(
                    AudioKind.SLIN8,
                    AudioFrame.ofSamples(8_000, Sounds.tone(millis)).data());
            if (hangsUp) {
                call.hangupAfterPlayout();
            }
        }
    }
}
