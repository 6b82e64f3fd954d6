package io.patchcord.provider.deepgram;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.testing.ToneSpeech;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.FakePeer;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Listen v1 for {@link ToneSpeech} in linear samples: an interim result for each word, a final one at the silence that the
 * query asks for or at Finalize, and UtteranceEnd a second later.
 */
final class FakeNova implements FakePeer {

    private static final AudioFormat FORMAT = AudioFormat.SLIN_8K;
    private static final double UTTERANCE_END = 1.0;

    private final ToneSpeech speech;
    private ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private String interim = "";
    private double seconds;
    private double finalUpTo;
    private double lastWord;
    private double endpointing = Double.MAX_VALUE;
    private boolean owesUtteranceEnd;

    FakeNova(ToneSpeech speech) {
        this.speech = speech;
    }

    @Override
    public void opened(FakeConnection connection) {
        String asked =
                connection.query().getOrDefault("endpointing", List.of("10")).get(0);
        endpointing = asked.equals("false") ? Double.MAX_VALUE : Integer.parseInt(asked) / 1_000.0;
    }

    @Override
    public void binary(FakeConnection connection, byte[] audio) {
        pending.writeBytes(audio);
        seconds += audio.length / 16_000.0;
        if (isLoud(audio)) {
            lastWord = seconds;
        }
        String words = speech.hear(AudioFrame.of(FORMAT, pending.toByteArray()));
        if (!words.equals(interim)) {
            interim = words;
            connection.sendText(ListenMessages.interim(finalUpTo, seconds - finalUpTo, words));
        }
        if (!words.isEmpty() && seconds - lastWord >= endpointing) {
            double from = finalUpTo;
            connection.sendText(ListenMessages.speechFinal(from, seconds - from, take()));
        }
        if (owesUtteranceEnd && endpointing < Double.MAX_VALUE && seconds - lastWord >= UTTERANCE_END) {
            owesUtteranceEnd = false;
            connection.sendText(ListenMessages.utteranceEnd(lastWord));
        }
    }

    @Override
    public void text(FakeConnection connection, String message) {
        if (message.contains("Finalize")) {
            double from = finalUpTo;
            connection.sendText(ListenMessages.fromFinalize(from, seconds - from, take()));
        }
    }

    private String take() {
        String words = interim;
        pending = new ByteArrayOutputStream();
        interim = "";
        owesUtteranceEnd = true;
        finalUpTo = seconds;
        return words;
    }

    static boolean isLoud(byte[] audio) {
        for (short sample : AudioFrame.of(FORMAT, audio).toSamples()) {
            if (Math.abs(sample) > 500) {
                return true;
            }
        }
        return false;
    }
}
