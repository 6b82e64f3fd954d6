package io.patchcord.provider.deepgram;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.testing.ToneSpeech;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.FakePeer;
import java.io.ByteArrayOutputStream;

/** Listen v2 for {@link ToneSpeech} in linear samples: a turn is probably over after 300 ms of silence, and over after 700 ms. */
final class FakeFlux implements FakePeer {

    private static final AudioFormat FORMAT = AudioFormat.SLIN_8K;
    private static final double EAGER = 0.3;
    private static final double END = 0.7;

    private final ToneSpeech speech;
    private ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private String words = "";
    private double seconds;
    private double lastWord;
    private boolean tellsEager;
    private boolean eager;
    private int sequence;
    private int turn;

    FakeFlux(ToneSpeech speech) {
        this.speech = speech;
    }

    @Override
    public void opened(FakeConnection connection) {
        tellsEager = connection.query().containsKey("eager_eot_threshold");
        connection.sendText(ListenMessages.connected(sequence++));
    }

    @Override
    public void binary(FakeConnection connection, byte[] audio) {
        heard.writeBytes(audio);
        seconds += audio.length / 16_000.0;
        if (FakeNova.isLoud(audio)) {
            lastWord = seconds;
        }
        String now = speech.hear(AudioFrame.of(FORMAT, heard.toByteArray()));
        if (eager && !now.equals(words)) {
            eager = false;
            words = now;
            tell(connection, "TurnResumed");
        } else if (!now.equals(words)) {
            String event = words.isEmpty() ? "StartOfTurn" : "Update";
            words = now;
            tell(connection, event);
        }
        double silence = seconds - lastWord;
        if (!words.isEmpty() && tellsEager && !eager && silence >= EAGER && silence < END) {
            eager = true;
            tell(connection, "EagerEndOfTurn");
        }
        if (!words.isEmpty() && silence >= END) {
            tell(connection, "EndOfTurn");
            heard = new ByteArrayOutputStream();
            words = "";
            eager = false;
            turn++;
        }
    }

    private void tell(FakeConnection connection, String event) {
        connection.sendText(ListenMessages.turnInfo(sequence++, turn, event, words));
    }
}
