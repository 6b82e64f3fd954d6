package io.patchcord.audiosocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.patchcord.audiosocket.AudioSocketMessage.Audio;
import io.patchcord.audiosocket.AudioSocketMessage.Dtmf;
import io.patchcord.audiosocket.AudioSocketMessage.FromAsterisk;
import io.patchcord.audiosocket.AudioSocketMessage.Hangup;
import io.patchcord.audiosocket.AudioSocketMessage.PeerError;
import io.patchcord.audiosocket.AudioSocketMessage.PlayableAudio;
import io.patchcord.audiosocket.AudioSocketMessage.ToAsterisk;
import io.patchcord.audiosocket.AudioSocketMessage.Unknown;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioSocketEncoderTest {

    private static final UUID ID = UUID.fromString("40325ec2-5efd-4bd3-805f-53576e581d13");

    /** One of each, so that a new kind of message cannot be forgotten by an encoder. */
    static Stream<ToAsterisk> toAsterisk() {
        return Stream.of(new Hangup(), new PlayableAudio(AudioKind.SLIN16, Bytes.buffer("01020304")));
    }

    static Stream<FromAsterisk> fromAsterisk() {
        return Stream.of(
                new AudioSocketMessage.Id(ID),
                new Dtmf('#'),
                new Audio(AudioKind.SLIN8, Bytes.buffer("010203")),
                new PeerError(OptionalInt.of(1)),
                new Unknown(0x7e, Bytes.buffer("aa")));
    }

    @Test
    void samples_coverBothDirections() {
        assertThat(toAsterisk().map(Object::getClass))
                .isEqualTo(Arrays.asList(ToAsterisk.class.getPermittedSubclasses()));
        assertThat(fromAsterisk().map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(FromAsterisk.class.getPermittedSubclasses()));
    }

    private static String encoded(ChannelHandler encoder, AudioSocketMessage message) {
        EmbeddedChannel channel = new EmbeddedChannel(encoder);
        channel.writeOutbound(message);
        ByteBuf bytes = channel.readOutbound();
        assertThat(channel.<Object>readOutbound()).as("a second write").isNull();
        String hex = Bytes.hex(bytes);
        bytes.release();
        channel.finish();
        return hex;
    }

    @Test
    void serverMessages_haveTheBytesThatAsteriskTakes() {
        AudioSocketServerEncoder encoder = new AudioSocketServerEncoder();
        assertThat(encoded(encoder, new Hangup())).isEqualTo("000000");
        assertThat(encoded(encoder, new PlayableAudio(AudioKind.SLIN8, Bytes.buffer("0100"))))
                .isEqualTo("1000020100");
        assertThat(encoded(encoder, new PlayableAudio(AudioKind.SLIN192, Bytes.buffer("feff"))))
                .isEqualTo("180002feff");
    }

    @Test
    void clientMessages_haveTheBytesThatAsteriskSends() {
        AudioSocketClientEncoder encoder = new AudioSocketClientEncoder();
        assertThat(encoded(encoder, new AudioSocketMessage.Id(ID))).isEqualTo("01001040325ec25efd4bd3805f53576e581d13");
        assertThat(encoded(encoder, new Dtmf('5'))).isEqualTo("03000135");
        assertThat(encoded(encoder, new Audio(AudioKind.SLIN8, Bytes.buffer(""))))
                .isEqualTo("100000");
        assertThat(encoded(encoder, new Audio(AudioKind.SLIN24, Bytes.buffer("010203"))))
                .isEqualTo("130003010203");
        assertThat(encoded(encoder, new PeerError(OptionalInt.of(0xff)))).isEqualTo("ff0001ff");
        assertThat(encoded(encoder, new PeerError(OptionalInt.empty()))).isEqualTo("ff0000");
        assertThat(encoded(encoder, new Unknown(0x02, Bytes.buffer("aabb")))).isEqualTo("020002aabb");
    }

    @ParameterizedTest
    @MethodSource("fromAsterisk")
    void serverEncoder_refusesWhatAsteriskDoesNotTake(AudioSocketMessage message) {
        EmbeddedChannel channel = new EmbeddedChannel(new AudioSocketServerEncoder());
        assertThatThrownBy(() -> channel.writeOutbound(message))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hang-ups and playable audio only, not "
                        + message.getClass().getSimpleName());
        assertThat(message instanceof Payload carrier ? carrier.refCnt() : 0).isZero();
        assertThat(channel.finish()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("toAsterisk")
    void clientEncoder_refusesWhatAsteriskDoesNotSend(AudioSocketMessage message) {
        EmbeddedChannel channel = new EmbeddedChannel(new AudioSocketClientEncoder());
        assertThatThrownBy(() -> channel.writeOutbound(message)).isInstanceOf(IllegalArgumentException.class);
        assertThat(message instanceof Payload carrier ? carrier.refCnt() : 0).isZero();
        assertThat(channel.finish()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 321, 65_535})
    void audioThatAsteriskWouldHangUpOn_cannotBeMade(int bytes) {
        ByteBuf payload = Bytes.buffer("00".repeat(bytes));
        assertThat(new Audio(AudioKind.SLIN8, payload).isPlayable()).isFalse();
        assertThatThrownBy(() -> new PlayableAudio(AudioKind.SLIN8, payload))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not " + bytes + " bytes");
    }

    @Test
    void longestAudio_roundTrips() {
        byte[] bytes = Bytes.message(0x10, 65_534, 0x11);
        ByteBuf payload = Bytes.buffer("11".repeat(65_534));
        String encoded = encoded(new AudioSocketServerEncoder(), new PlayableAudio(AudioKind.SLIN8, payload));
        assertThat(Bytes.hex(encoded)).isEqualTo(bytes);
        assertThatThrownBy(() -> new Audio(AudioKind.SLIN8, Bytes.buffer("11".repeat(65_536))))
                .hasMessageContaining("at most 65535 bytes, not 65536");
    }

    @Test
    void encodedMessage_isOneBufferOfItsExactSize_andReleasesItsPayload() {
        // Given
        EmbeddedChannel channel = new EmbeddedChannel(new AudioSocketServerEncoder());
        PlayableAudio audio = new PlayableAudio(AudioKind.SLIN8, Bytes.buffer("00".repeat(320)));
        // When
        channel.writeOutbound(audio);
        // Then
        ByteBuf frame = channel.readOutbound();
        assertThat(frame.readableBytes()).isEqualTo(323);
        assertThat(audio.refCnt()).isZero();
        frame.release();
        assertThat(channel.finish()).isFalse();
    }

    @Test
    void messagesOfOthers_passThrough() {
        EmbeddedChannel channel = new EmbeddedChannel(new AudioSocketServerEncoder());
        channel.writeOutbound("not ours");
        assertThat(channel.<Object>readOutbound()).isEqualTo("not ours");
    }

    @Test
    void impossibleValues_areRefused() {
        assertThatThrownBy(() -> new Dtmf('\u20ac')).hasMessageContaining("U+20ac");
        assertThatThrownBy(() -> new PeerError(OptionalInt.of(256))).hasMessageContaining("256");
        for (int known : new int[] {0x00, 0x01, 0x03, 0x10, 0x18, 0xff, -1, 256}) {
            assertThatThrownBy(() -> new Unknown(known, Bytes.buffer(""))).hasMessageContaining("not an unknown kind");
        }
    }
}
