package io.patchcord.app.acceptance;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.FakePeer;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** One connection to a Listen v1 that understands people: words are told, for good, at the silence after them. */
final class FakeEars implements FakePeer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AudioFormat FORMAT = AudioFormat.SLIN_8K;
    private static final double LOUD = 300;
    private static final double SILENCE_SECONDS = 0.5;
    private static final double PRE_ROLL_SECONDS = 0.3;
    private static final double BYTES_PER_SECOND = 16_000;

    private final Function<AudioFrame, String> understands;
    private final Consumer<FakeConnection> afterWords;
    private ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private double seconds;
    private double saidUpTo;
    private double lastLoud = Double.NaN;
    private boolean wordsWereTold;

    /**
     * @param understands the words in linear audio at 8 kHz
     * @param afterWords told when somebody's words have been sent, at the next audio
     */
    FakeEars(Function<AudioFrame, String> understands, Consumer<FakeConnection> afterWords) {
        this.understands = understands;
        this.afterWords = afterWords;
    }

    @Override
    public void binary(FakeConnection connection, byte[] audio) {
        if (wordsWereTold) {
            wordsWereTold = false;
            afterWords.accept(connection);
        }
        heard.writeBytes(audio);
        seconds += audio.length / BYTES_PER_SECOND;
        if (loudness(audio) > LOUD) {
            lastLoud = seconds;
        } else if (Double.isNaN(lastLoud) && seconds - saidUpTo > 2 * PRE_ROLL_SECONDS) {
            byte[] kept = heard.toByteArray();
            int last = (int) (PRE_ROLL_SECONDS * BYTES_PER_SECOND);
            heard = new ByteArrayOutputStream();
            heard.write(kept, kept.length - last, last);
            saidUpTo = seconds - PRE_ROLL_SECONDS;
        } else if (seconds - lastLoud > SILENCE_SECONDS) {
            tell(connection);
        }
    }

    @Override
    public void text(FakeConnection connection, String message) {
        if (message.contains("Finalize")) {
            tell(connection);
        }
    }

    private void tell(FakeConnection connection) {
        String words = understands.apply(AudioFrame.of(FORMAT, heard.toByteArray()));
        heard = new ByteArrayOutputStream();
        lastLoud = Double.NaN;
        connection.sendText(JSON.valueToTree(Map.of(
                        "type",
                        "Results",
                        "channel_index",
                        List.of(0, 1),
                        "start",
                        saidUpTo,
                        "duration",
                        seconds - saidUpTo,
                        "is_final",
                        true,
                        "speech_final",
                        true,
                        "channel",
                        Map.of(
                                "alternatives",
                                List.of(Map.of("transcript", words, "confidence", 0.9, "words", List.of())))))
                .toString());
        saidUpTo = seconds;
        wordsWereTold = !words.isBlank();
    }

    private static double loudness(byte[] audio) {
        double sum = 0;
        short[] samples = AudioFrame.of(FORMAT, audio).toSamples();
        for (short sample : samples) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / Math.max(1, samples.length));
    }
}
