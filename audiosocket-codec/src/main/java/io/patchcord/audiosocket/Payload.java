package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCounted;

/** Lends the reference count of its payload to a message, so that Netty's handlers release it like a buffer. */
interface Payload extends ReferenceCounted {

    ByteBuf payload();

    static void checkLength(ByteBuf payload) {
        int bytes = payload.readableBytes();
        if (bytes > AudioSocketMessage.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("A payload has at most 65535 bytes, not " + bytes);
        }
    }

    @Override
    default int refCnt() {
        return payload().refCnt();
    }

    @Override
    default ReferenceCounted retain() {
        payload().retain();
        return this;
    }

    @Override
    default ReferenceCounted retain(int increment) {
        payload().retain(increment);
        return this;
    }

    @Override
    default ReferenceCounted touch() {
        payload().touch();
        return this;
    }

    @Override
    default ReferenceCounted touch(Object hint) {
        payload().touch(hint);
        return this;
    }

    @Override
    default boolean release() {
        return payload().release();
    }

    @Override
    default boolean release(int decrement) {
        return payload().release(decrement);
    }
}
