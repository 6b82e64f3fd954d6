package io.patchcord.audiosocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/**
 * Any bytes, cut anywhere: the messages do not depend on the cuts, nothing but a protocol error is thrown, no buffer
 * leaks. The decoder and the connection, which gathers split messages in its own way, must agree.
 *
 * <p>As a plain test it replays the inputs in src/test/resources; with JAZZER_FUZZ=1 it looks for new ones.
 */
class DecoderFuzzTest {

    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    @FuzzTest(maxDuration = "2m")
    void anyStream_meansTheSameHoweverItIsCut(byte[] input) {
        byte[] stream = Arrays.copyOfRange(input, Math.min(2, input.length), input.length);
        int[] cuts = cuts(input, stream.length);
        assertThat(Decoded.of(AudioSocketDecoder.ofStreamToAsterisk(), stream, cuts))
                .isEqualTo(Decoded.of(AudioSocketDecoder.ofStreamToAsterisk(), stream));
        Decoded fromAsterisk = Decoded.of(AudioSocketDecoder.ofStreamFromAsterisk(), stream);
        assertThat(Decoded.of(AudioSocketDecoder.ofStreamFromAsterisk(), stream, cuts))
                .isEqualTo(fromAsterisk);
        assertThat(heardByConnection(stream, cuts)).isEqualTo(audibleIn(fromAsterisk.messages()));
    }

    /** The first two bytes of the input say how to cut the rest. */
    private static int[] cuts(byte[] input, int length) {
        if (input.length < 2 || length == 0) {
            return new int[0];
        }
        return new Random(input[1]).ints(input[0] & 0x3f, 0, length).sorted().toArray();
    }

    private static List<String> heardByConnection(byte[] stream, int[] cuts) {
        EmbeddedSocket socket = new EmbeddedSocket();
        RecordingListener listener = new RecordingListener();
        socket.pipeline()
                .addLast(new ServerConnection(
                        socket,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                        Timeouts.DEFAULT,
                        connection -> Optional.of(listener),
                        new Refusals()));
        int start = 0;
        for (int end : cuts) {
            receive(socket, Arrays.copyOfRange(stream, start, end));
            start = end;
        }
        receive(socket, Arrays.copyOfRange(stream, start, stream.length));
        socket.finish();
        socket.written();
        return listener.events.stream()
                .filter(event -> event.startsWith("SLIN") || event.startsWith("digit"))
                .toList();
    }

    private static void receive(EmbeddedSocket socket, byte[] bytes) {
        ByteBuf read = socket.alloc().buffer().writeBytes(bytes);
        socket.writeInbound(read);
    }

    /** What a connection tells its listener of these messages: whole samples and digits, up to what ends a call. */
    private static List<String> audibleIn(List<String> messages) {
        return messages.stream()
                .takeWhile(message -> !message.startsWith("unknown")
                        && !message.startsWith("Hangup")
                        && !message.startsWith("PeerError"))
                .map(DecoderFuzzTest::asHeard)
                .filter(event -> !event.isEmpty())
                .toList();
    }

    private static String asHeard(String message) {
        if (message.startsWith("Dtmf")) {
            return "digit " + message.charAt("Dtmf[digit=".length());
        }
        if (!message.startsWith("SLIN")) {
            return "";
        }
        int payload = message.indexOf(' ') + 1;
        int wholeSamples = (message.length() - payload) / 4 * 4;
        return wholeSamples == 0 ? "" : message.substring(0, payload + wholeSamples);
    }
}
