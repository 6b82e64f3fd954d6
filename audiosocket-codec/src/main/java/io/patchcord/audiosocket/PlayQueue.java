package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/** Audio that waits to be played, cut into frames on its way out. Confined to one event loop. */
final class PlayQueue {

    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();

    private static final class Chunk {
        final AudioKind kind;
        final byte[] pcm;
        int taken;

        Chunk(AudioKind kind, byte[] pcm) {
            this.kind = kind;
            this.pcm = pcm;
        }

        int left() {
            return pcm.length - taken;
        }
    }

    void add(AudioKind kind, byte[] pcm) {
        chunks.add(new Chunk(kind, pcm));
    }

    /** Drops everything, and says how much that was. */
    long clear() {
        long micros = 0;
        for (Chunk chunk : chunks) {
            micros += chunk.kind.microsOf(chunk.left());
        }
        chunks.clear();
        return micros;
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    /** The kind of the next frame. */
    AudioKind kind() {
        return chunks.element().kind;
    }

    /**
     * Moves the payload of one frame to the buffer, filled up with silence if need be.
     *
     * @return the bytes of audio in it
     */
    int takeFrame(ByteBuf frame) {
        AudioKind kind = kind();
        int frameBytes = kind.frameBytes();
        int filled = 0;
        while (filled < frameBytes) {
            Chunk chunk = chunks.peek();
            if (chunk == null || chunk.kind != kind) {
                break;
            }
            int bytes = Math.min(chunk.left(), frameBytes - filled);
            frame.writeBytes(chunk.pcm, chunk.taken, bytes);
            chunk.taken += bytes;
            filled += bytes;
            if (chunk.left() == 0) {
                chunks.remove();
            }
        }
        frame.writeZero(frameBytes - filled);
        return filled;
    }
}
