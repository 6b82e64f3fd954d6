package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Netty handler that turns bytes into {@link AudioSocketMessage}s, however TCP has split or joined them.
 *
 * <p>The payload of a message is a retained slice of what was read, not a copy; the receiver releases the message. A
 * stream that is not AudioSocket ends in a {@link io.netty.handler.codec.DecoderException} with an
 * {@link AudioSocketException} as its cause, at the first header that cannot be; what follows it, or follows a hang-up, is
 * discarded. One instance per channel.
 */
public final class AudioSocketDecoder extends ByteToMessageDecoder {

    private final FrameParser parser;
    private final MessageSink sink = new MessageSink();

    private AudioSocketDecoder(FrameParser parser) {
        this.parser = parser;
    }

    /** Decodes what Asterisk sends: the UUID comes first, and once. */
    public static AudioSocketDecoder ofStreamFromAsterisk() {
        return new AudioSocketDecoder(FrameParser.ofStreamFromAsterisk());
    }

    /** Decodes what a server sends to Asterisk. Kinds that Asterisk would not take are decoded as well. */
    public static AudioSocketDecoder ofStreamToAsterisk() {
        return new AudioSocketDecoder(FrameParser.ofStreamToAsterisk());
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        sink.out = out;
        parser.parse(in, sink);
    }

    private static final class MessageSink implements FrameSink {

        private List<Object> out = List.of();

        @Override
        public void onId(UUID id) {
            out.add(new AudioSocketMessage.Id(id));
        }

        @Override
        public void onAudio(AudioKind kind, ByteBuf payload) {
            out.add(new AudioSocketMessage.Audio(kind, payload.retainedSlice()));
        }

        @Override
        public void onDtmf(char digit) {
            out.add(new AudioSocketMessage.Dtmf(digit));
        }

        @Override
        public void onHangup() {
            out.add(new AudioSocketMessage.Hangup());
        }

        @Override
        public void onPeerError(OptionalInt code) {
            out.add(new AudioSocketMessage.PeerError(code));
        }

        @Override
        public void onUnknown(int kind, ByteBuf payload) {
            out.add(new AudioSocketMessage.Unknown(kind, payload.retainedSlice()));
        }
    }
}
