package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/** Has a channel read into the buffer of its event loop. */
final class LoopReceiveAllocator extends DefaultMaxMessagesRecvByteBufAllocator {

    static final LoopReceiveAllocator INSTANCE = new LoopReceiveAllocator();

    private LoopReceiveAllocator() {}

    @Override
    @SuppressWarnings("deprecation") // Netty has no other way to make a handle.
    public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public ByteBuf allocate(ByteBufAllocator unused) {
                return LoopBuffers.ofThisThread().receive();
            }

            @Override
            public int guess() {
                return LoopBuffers.RECEIVE_CAPACITY;
            }
        };
    }
}
