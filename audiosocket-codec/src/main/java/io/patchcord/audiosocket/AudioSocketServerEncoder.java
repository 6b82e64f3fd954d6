package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.patchcord.audiosocket.AudioSocketMessage.Hangup;
import io.patchcord.audiosocket.AudioSocketMessage.PlayableAudio;
import io.patchcord.audiosocket.AudioSocketMessage.ToAsterisk;

/**
 * Netty handler that turns {@link ToAsterisk} messages into bytes, each into one buffer. Other messages fail: Asterisk
 * would end the call. Stateless, may be shared.
 */
@Sharable
public final class AudioSocketServerEncoder extends MessageEncoder<ToAsterisk> {

    public AudioSocketServerEncoder() {
        super(ToAsterisk.class, "Asterisk takes hang-ups and playable audio only");
    }

    @Override
    int payloadBytes(ToAsterisk message) {
        return message instanceof PlayableAudio audio ? audio.payload().readableBytes() : 0;
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, ToAsterisk message, ByteBuf out) {
        if (message instanceof PlayableAudio audio) {
            writePayload(out, audio.kind().wireByte(), audio.payload());
        } else if (message instanceof Hangup) {
            Frames.writeHeader(out, Frames.HANGUP, 0);
        } else {
            throw new AssertionError(message);
        }
    }
}
