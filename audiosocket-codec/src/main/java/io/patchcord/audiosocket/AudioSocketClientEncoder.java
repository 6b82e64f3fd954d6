package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.patchcord.audiosocket.AudioSocketMessage.Audio;
import io.patchcord.audiosocket.AudioSocketMessage.Dtmf;
import io.patchcord.audiosocket.AudioSocketMessage.FromAsterisk;
import io.patchcord.audiosocket.AudioSocketMessage.PeerError;
import io.patchcord.audiosocket.AudioSocketMessage.Unknown;

/**
 * Netty handler that turns {@link FromAsterisk} messages into bytes, each into one buffer, for programs that play
 * Asterisk. Other messages fail: Asterisk does not send them. Stateless, may be shared.
 */
@Sharable
public final class AudioSocketClientEncoder extends MessageEncoder<FromAsterisk> {

    public AudioSocketClientEncoder() {
        super(
                FromAsterisk.class,
                "Asterisk sends the UUID, digits and audio, and ends a call by closing the connection");
    }

    @Override
    int payloadBytes(FromAsterisk message) {
        if (message instanceof Payload carrier) {
            return carrier.payload().readableBytes();
        }
        return Frames.ID_BYTES;
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, FromAsterisk message, ByteBuf out) {
        if (message instanceof Audio audio) {
            writePayload(out, audio.kind().wireByte(), audio.payload());
        } else if (message instanceof AudioSocketMessage.Id id) {
            Frames.writeHeader(out, Frames.ID, Frames.ID_BYTES)
                    .writeLong(id.uuid().getMostSignificantBits())
                    .writeLong(id.uuid().getLeastSignificantBits());
        } else if (message instanceof Dtmf dtmf) {
            Frames.writeHeader(out, Frames.DTMF, 1).writeByte(dtmf.digit());
        } else if (message instanceof PeerError error) {
            Frames.writeHeader(out, Frames.ERROR, error.code().isPresent() ? 1 : 0);
            error.code().ifPresent(out::writeByte);
        } else if (message instanceof Unknown unknown) {
            writePayload(out, unknown.kind(), unknown.payload());
        } else {
            throw new AssertionError(message);
        }
    }
}
