package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.patchcord.audiosocket.AudioSocketMessage.Audio;
import io.patchcord.audiosocket.AudioSocketMessage.PlayableAudio;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Decodes a 323-byte frame (20 ms of slin) and encodes its audio into another buffer, as an echo does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameBenchmark {

    private final PooledByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final FrameParser parser = FrameParser.ofStreamToAsterisk();
    private final LoopEcho loopEcho = new LoopEcho();
    private final PooledEcho pooledEcho = new PooledEcho();
    private final EmbeddedChannel handlers =
            new EmbeddedChannel(AudioSocketDecoder.ofStreamToAsterisk(), new AudioSocketServerEncoder());
    private ByteBuf received;

    @Setup
    public void receive() {
        int bytes = AudioKind.SLIN8.frameBytes();
        received = Frames.header(allocator, AudioKind.SLIN8.wireByte(), bytes).writeZero(bytes);
    }

    @TearDown
    public void release() {
        received.release();
        handlers.finishAndReleaseAll();
    }

    /** What a connection does, in the buffers of its event loop. */
    @Benchmark
    public int connection() {
        received.readerIndex(0);
        parser.parse(received, loopEcho);
        return loopEcho.written;
    }

    /** The same with a new buffer from the allocator for each frame. */
    @Benchmark
    public int pooledBuffer() {
        received.readerIndex(0);
        parser.parse(received, pooledEcho);
        return pooledEcho.written;
    }

    /** The two handlers for Netty's pipelines in a channel without a socket; the channel is measured with them. */
    @Benchmark
    public int handlersInAChannel() {
        handlers.writeInbound(received.retainedDuplicate().readerIndex(0));
        Audio audio = handlers.readInbound();
        handlers.writeOutbound(new PlayableAudio(audio.kind(), audio.payload()));
        ByteBuf frame = handlers.readOutbound();
        int written = frame.readableBytes();
        frame.release();
        return written;
    }

    /** A listener that writes what it hears into a buffer. */
    private abstract static class Echo implements FrameSink {

        int written;

        abstract ByteBuf frame(AudioKind kind, int bytes);

        @Override
        public final void onAudio(AudioKind kind, ByteBuf payload) {
            int bytes = payload.readableBytes();
            ByteBuf frame = frame(kind, bytes).writeBytes(payload, payload.readerIndex(), bytes);
            written = frame.readableBytes();
            frame.release();
        }

        @Override
        public final void onId(UUID id) {
            throw new AssertionError();
        }

        @Override
        public final void onDtmf(char digit) {
            throw new AssertionError();
        }

        @Override
        public final void onHangup() {
            throw new AssertionError();
        }

        @Override
        public final void onPeerError(OptionalInt code) {
            throw new AssertionError();
        }

        @Override
        public final void onUnknown(int kind, ByteBuf payload) {
            throw new AssertionError();
        }
    }

    private static final class LoopEcho extends Echo {
        @Override
        ByteBuf frame(AudioKind kind, int bytes) {
            return Frames.writeHeader(LoopBuffers.ofThisThread().frame(), kind.wireByte(), bytes);
        }
    }

    private final class PooledEcho extends Echo {
        @Override
        ByteBuf frame(AudioKind kind, int bytes) {
            return Frames.header(allocator, kind.wireByte(), bytes);
        }
    }
}
