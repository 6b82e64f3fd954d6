package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * The two buffers of a thread: one to receive into, one to build frames in. A frame is nearly always handled, and written
 * to the socket, before the next one comes; so all calls of an event loop share these, and nothing is allocated per frame.
 *
 * <p>Whoever gets a buffer releases it as any other. When it is still in use the next time, because the kernel took a
 * write in part or a listener retained a payload, it is left to its users and another takes its place.
 */
final class LoopBuffers {

    /** More than any frame up to 48 kHz; a longer one gets a buffer of its own. */
    static final int FRAME_CAPACITY = 2048;
    /** As much as is read at once. */
    static final int RECEIVE_CAPACITY = 16 * 1024;

    // Without leak detection: the thread keeps a reference for all its life, and the collector frees what it leaves.
    private static final ByteBufAllocator UNTRACKED = new UnpooledByteBufAllocator(true, true);

    private static final FastThreadLocal<LoopBuffers> OF_THREAD = new FastThreadLocal<>() {
        @Override
        protected LoopBuffers initialValue() {
            return new LoopBuffers();
        }

        @Override
        protected void onRemoval(LoopBuffers buffers) {
            buffers.receive.release();
            buffers.frame.release();
        }
    };

    private ByteBuf receive = UNTRACKED.directBuffer(RECEIVE_CAPACITY, RECEIVE_CAPACITY);
    private ByteBuf frame = UNTRACKED.directBuffer(FRAME_CAPACITY, FRAME_CAPACITY);

    private LoopBuffers() {}

    static LoopBuffers ofThisThread() {
        return OF_THREAD.get();
    }

    ByteBuf receive() {
        if (receive.refCnt() > 1) {
            receive.release();
            receive = UNTRACKED.directBuffer(RECEIVE_CAPACITY, RECEIVE_CAPACITY);
        }
        return receive.clear().retain();
    }

    ByteBuf frame() {
        if (frame.refCnt() > 1) {
            frame.release();
            frame = UNTRACKED.directBuffer(FRAME_CAPACITY, FRAME_CAPACITY);
        }
        return frame.clear().retain();
    }
}
