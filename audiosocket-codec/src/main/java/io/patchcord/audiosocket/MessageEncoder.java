package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.MessageToByteEncoder;
import io.netty.util.ReferenceCountUtil;

/** Encodes the messages of one direction, each into one buffer of its size, and refuses those of the other. */
abstract sealed class MessageEncoder<M extends AudioSocketMessage> extends MessageToByteEncoder<M>
        permits AudioSocketServerEncoder, AudioSocketClientEncoder {

    private final Class<M> direction;
    private final String directionRule;

    MessageEncoder(Class<M> direction, String directionRule) {
        super(direction);
        this.direction = direction;
        this.directionRule = directionRule;
    }

    abstract int payloadBytes(M message);

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof AudioSocketMessage && !direction.isInstance(message)) {
            ReferenceCountUtil.release(message);
            promise.setFailure(new IllegalArgumentException(
                    directionRule + ", not " + message.getClass().getSimpleName() + " messages"));
            return;
        }
        super.write(ctx, message, promise);
    }

    @Override
    protected ByteBuf allocateBuffer(ChannelHandlerContext ctx, M message, boolean preferDirect) {
        return ctx.alloc().ioBuffer(Frames.HEADER_BYTES + payloadBytes(message));
    }

    static void writePayload(ByteBuf out, int kind, ByteBuf payload) {
        int bytes = payload.readableBytes();
        Frames.writeHeader(out, kind, bytes).writeBytes(payload, payload.readerIndex(), bytes);
    }
}
