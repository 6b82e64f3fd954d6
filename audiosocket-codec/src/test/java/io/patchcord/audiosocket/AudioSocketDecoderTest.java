package io.patchcord.audiosocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.patchcord.audiosocket.AudioSocketMessage.Audio;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioSocketDecoderTest {

    private static final byte[] ID = Bytes.hex("01 0010 40325ec25efd4bd3805f53576e581d13");
    private static final String ID_MESSAGE = "Id[uuid=40325ec2-5efd-4bd3-805f-53576e581d13]";

    private static Decoded fromAsterisk(byte[] stream, int... cuts) {
        return Decoded.of(AudioSocketDecoder.ofStreamFromAsterisk(), stream, cuts);
    }

    private static Decoded toAsterisk(byte[] stream, int... cuts) {
        return Decoded.of(AudioSocketDecoder.ofStreamToAsterisk(), stream, cuts);
    }

    @ParameterizedTest
    @CsvSource({
        "00 0000, Hangup[]",
        "01 0010 40325ec25efd4bd3805f53576e581d13, " + ID_MESSAGE,
        "03 0001 35, Dtmf[digit=5]",
        "03 0001 23, Dtmf[digit=#]",
        "10 0002 0100, SLIN8 0100",
        "10 0002 feff, SLIN8 feff",
        "10 0000, 'SLIN8 '",
        "10 0003 010203, SLIN8 010203",
        "11 0002 0100, SLIN12 0100",
        "12 0002 0100, SLIN16 0100",
        "13 0002 0100, SLIN24 0100",
        "14 0002 0100, SLIN32 0100",
        "15 0002 0100, SLIN44 0100",
        "16 0002 0100, SLIN48 0100",
        "17 0002 0100, SLIN96 0100",
        "18 0002 0100, SLIN192 0100",
        "ff 0001 01, PeerError[code=OptionalInt[1]]",
        "ff 0000, PeerError[code=OptionalInt.empty]",
        "02 0003 010203, unknown 2 010203",
        "19 0000, 'unknown 25 '",
        "7e 0001 aa, unknown 126 aa"
    })
    void everyMessage_isTheSameWholeAndCutAtEveryByte(String bytes, String expected) {
        byte[] message = Bytes.hex(bytes);
        Decoded wanted = new Decoded(List.of(expected), "");
        assertThat(toAsterisk(message)).isEqualTo(wanted);
        for (int cut = 0; cut <= message.length; cut++) {
            assertThat(toAsterisk(message, cut)).as("cut at %d", cut).isEqualTo(wanted);
        }
        assertThat(toAsterisk(message, IntStream.range(1, message.length).toArray()))
                .isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 319, 320, 640, 1399, 4096, 65_534, 65_535})
    void audioOfAnyLength_arrivesWhole(int length) {
        byte[] stream = Bytes.join(ID, Bytes.message(0x10, length, 0x5a), Bytes.hex("03 0001 31"));
        Decoded decoded = fromAsterisk(stream, 20, Math.min(stream.length - 5, 1460), stream.length - 4);
        assertThat(decoded)
                .isEqualTo(new Decoded(List.of(ID_MESSAGE, "SLIN8 " + "5a".repeat(length), "Dtmf[digit=1]"), ""));
    }

    @Test
    void messagesJoinedInOneBuffer_comeOneByOne() {
        byte[] stream = Bytes.join(ID, Bytes.message(0x10, 4, 1), Bytes.hex("03 0001 2a"), Bytes.message(0x12, 2, 2));
        for (int cut = 0; cut <= stream.length; cut++) {
            assertThat(fromAsterisk(stream, cut).messages())
                    .containsExactly(ID_MESSAGE, "SLIN8 01010101", "Dtmf[digit=*]", "SLIN16 0202");
        }
    }

    @ParameterizedTest
    @CsvSource({"47455420, 0x47", "10, 0x10", "00, 0x00", "ff, 0xff", "03 0001 35, 0x03"})
    void garbageInFront_failsAtItsFirstByte(String bytes, String kind) {
        Decoded decoded = fromAsterisk(Bytes.join(Bytes.hex(bytes), ID));
        assertThat(decoded.messages()).isEmpty();
        assertThat(decoded.failure()).contains("first message must be the UUID", kind);
    }

    @Test
    void secondId_fails_andWhatFollowsIsDiscarded() {
        byte[] stream = Bytes.join(ID, Bytes.message(0x10, 2, 1), ID, Bytes.message(0x10, 2, 2));
        for (int cut = 0; cut <= stream.length; cut++) {
            Decoded decoded = fromAsterisk(stream, cut);
            assertThat(decoded.messages()).containsExactly(ID_MESSAGE, "SLIN8 0101");
            assertThat(decoded.failure()).contains("a second UUID");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "01 000f 00, 'a UUID has 16 bytes, not 15'",
        "01 0000, 'a UUID has 16 bytes, not 0'",
        "01 ffff, 'a UUID has 16 bytes, not 65535'",
        "03 0000, 'a digit has 1 byte, not 0'",
        "03 0002 3131, 'a digit has 1 byte, not 2'",
        "ff 0002 0101, 'at most 1 byte, not 2'"
    })
    void impossibleLength_failsAtTheHeader(String bytes, String complaint) {
        Decoded decoded = toAsterisk(Bytes.hex(bytes));
        assertThat(decoded.messages()).isEmpty();
        assertThat(decoded.failure()).contains(complaint);
    }

    @Test
    void hangup_endsTheStream_withOrWithoutPayload() {
        byte[] stream = Bytes.join(Bytes.hex("00 0004 aabb"), Bytes.message(0x10, 320, 0), Bytes.hex("7f ffff"));
        for (int cut = 0; cut <= 12; cut++) {
            assertThat(toAsterisk(stream, cut)).isEqualTo(new Decoded(List.of("Hangup[]"), ""));
        }
    }

    @Test
    void truncatedStream_losesTheUnfinishedMessageOnly() {
        byte[] stream = Bytes.join(ID, Bytes.message(0x10, 4, 1), Bytes.hex("10 0140 0102030405"));
        assertThat(fromAsterisk(stream).messages()).containsExactly(ID_MESSAGE, "SLIN8 01010101");
    }

    static Stream<Arguments> captures() {
        return Stream.of(
                Arguments.of("22-app-slin-caller-hangs-up", "SLIN8", 320, 108, 276, "19*#"),
                Arguments.of("22-app-slin-agent-hangs-up", "SLIN8", 320, 50, 276, ""),
                Arguments.of("22-driver-slin16", "SLIN16", 640, 87, 552, "5"),
                Arguments.of("22-driver-ulaw", "SLIN8", 160, 88, 138, "5"));
    }

    @ParameterizedTest
    @MethodSource("captures")
    void streamOfARealAsterisk_isReadToItsEnd(
            String name, String kind, int frameBytes, int frames, int lastBytes, String digits) {
        byte[] stream = Bytes.capture(name + ".from-asterisk");
        List<String> whole = fromAsterisk(stream).messages();
        assertThat(whole.get(0)).isEqualTo(ID_MESSAGE);
        assertThat(whole).filteredOn(m -> isAudio(m, kind, frameBytes)).hasSize(frames);
        assertThat(whole).filteredOn(m -> isAudio(m, kind, lastBytes)).hasSize(1);
        assertThat(whole)
                .filteredOn(m -> m.startsWith("Dtmf"))
                .containsExactlyElementsOf(digits.chars()
                        .mapToObj(c -> "Dtmf[digit=" + (char) c + "]")
                        .toList());
        assertThat(whole).hasSize(1 + frames + 1 + digits.length());
        // The segments of the real connection were others, so any segments must do.
        for (int size : new int[] {1, 7, 322, 323, 1448}) {
            assertThat(fromAsterisk(stream, every(size, stream.length)).messages())
                    .isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"22-app-slin-caller-hangs-up", "22-driver-slin16", "22-driver-ulaw"})
    void streamThatARealAsteriskTook_isAudioOnly(String name) {
        Decoded decoded = toAsterisk(Bytes.capture(name + ".to-asterisk"));
        assertThat(decoded.failure()).isEmpty();
        assertThat(decoded.messages()).isNotEmpty().allMatch(message -> message.startsWith("SLIN"));
    }

    private static boolean isAudio(String message, String kind, int bytes) {
        return message.startsWith(kind + " ") && message.length() == kind.length() + 1 + 2 * bytes;
    }

    private static int[] every(int size, int length) {
        return IntStream.iterate(size, cut -> cut < length, cut -> cut + size).toArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void randomStream_isTheSameHoweverItIsCut(long seed) {
        Random random = new Random(seed);
        List<byte[]> parts = new ArrayList<>(List.of(ID));
        List<String> expected = new ArrayList<>(List.of(ID_MESSAGE));
        for (int i = 0; i < 200; i++) {
            addRandomMessage(random, parts, expected);
        }
        byte[] stream = Bytes.join(parts.toArray(byte[][]::new));
        assertThat(fromAsterisk(stream).messages()).isEqualTo(expected);
        for (int round = 0; round < 10; round++) {
            int[] cuts =
                    random.ints(random.nextInt(400), 0, stream.length).sorted().toArray();
            assertThat(fromAsterisk(stream, cuts)).isEqualTo(new Decoded(expected, ""));
        }
    }

    private static void addRandomMessage(Random random, List<byte[]> parts, List<String> expected) {
        int fill = random.nextInt(256);
        String filled = String.format("%02x", fill);
        switch (random.nextInt(4)) {
            case 0 -> {
                parts.add(Bytes.message(0x03, 1, fill));
                expected.add("Dtmf[digit=" + (char) fill + "]");
            }
            case 1 -> {
                int length = random.nextInt(40);
                parts.add(Bytes.message(0x20 + random.nextInt(0x80), length, fill));
                int kind = parts.get(parts.size() - 1)[0] & 0xff;
                expected.add("unknown " + kind + " " + filled.repeat(length));
            }
            default -> {
                AudioKind kind = AudioKind.at(0x10 + random.nextInt(9));
                int length = random.nextInt(700);
                parts.add(Bytes.message(kind.wireByte(), length, fill));
                expected.add(kind + " " + filled.repeat(length));
            }
        }
    }

    @Test
    void payload_isPartOfWhatWasRead_andNoCopy() {
        // Given
        EmbeddedChannel channel = new EmbeddedChannel(AudioSocketDecoder.ofStreamToAsterisk());
        ByteBuf read = Unpooled.directBuffer().writeBytes(Bytes.hex("10 0002 0102"));
        // When
        channel.writeInbound(read);
        Audio audio = channel.readInbound();
        // Then
        assertThat(audio.payload().memoryAddress()).isEqualTo(read.memoryAddress() + Frames.HEADER_BYTES);
        assertThat(audio.release()).as("the last reference").isTrue();
        assertThat(read.refCnt()).isZero();
        assertThat(channel.finish()).isFalse();
    }
}
