package io.patchcord.provider.openai;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.LastWord;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The caller's audio on its way to the server: a frame in is a frame out. What the server may not have made a turn of yet is
 * kept, so that another session can be given it when this one ends.
 *
 * <p>A <em>place</em> is a count of bytes on the wire since the call began; the server counts milliseconds since its session
 * began, which {@link #place} translates. Confined to the call loop.
 */
final class CallerAudio {

    /** Speech is noticed late, and told later still. */
    private static final Duration KEPT_IN_SILENCE = Duration.ofSeconds(2);

    /** Fifty seconds of G.711, eight of linear samples: no more than a socket takes at once. */
    private static final int MOST_KEPT_BYTES = 400_000;

    private static final Duration LONGEST_LOOK_BACK = Duration.ofSeconds(10);
    private static final long NANOS_PER_MS = 1_000_000;

    private final CallLoop loop;
    private final int bytesPerMs;
    private final AudioConverter toWire;
    private final AudioConverter toLinear = new AudioConverter(AudioFormat.SLIN_8K);
    private final LastWord lastWord = new LastWord(AudioFormat.SLIN_8K, LONGEST_LOOK_BACK);
    private final Deque<Chunk> kept = new ArrayDeque<>();
    private @Nullable RealtimeLink link;
    private long linkStart;
    private long end;
    private long keptFrom = Long.MAX_VALUE;
    private long settled;

    /** One frame, with the place of its end and the time at which it came. */
    private static final class Chunk {

        private final byte[] data;
        private final long end;
        private final long arrivedAtNanos;

        Chunk(byte[] data, long end, long arrivedAtNanos) {
            this.data = data;
            this.end = end;
            this.arrivedAtNanos = arrivedAtNanos;
        }

        long start() {
            return end - data.length;
        }
    }

    CallerAudio(CallLoop loop, WireAudio wire) {
        this.loop = loop;
        this.bytesPerMs = wire.bytesPerMs();
        this.toWire = new AudioConverter(wire.format());
    }

    void accept(AudioFrame frame) {
        lastWord.add(toLinear.convert(frame));
        byte[] data = toWire.convert(frame).data();
        if (data.length == 0) {
            return;
        }
        end += data.length;
        kept.addLast(new Chunk(data, end, loop.nanoTime()));
        if (link != null) {
            link.sendAudio(data);
        }
        forget();
    }

    /** The audio goes to this session from now on, beginning with what is kept. */
    void goOnOver(RealtimeLink newLink) {
        resend(beginOver(newLink), end);
    }

    /**
     * The audio that comes from now on goes to this session, and what is kept can be resent before it.
     *
     * @return the place where that begins
     */
    long beginOver(RealtimeLink newLink) {
        link = newLink;
        linkStart = kept.isEmpty() ? end : Math.max(settled, kept.getFirst().start());
        return linkStart;
    }

    /** Sends what is kept between two places. */
    void resend(long from, long to) {
        byte[] missed = between(from, to);
        if (link != null && missed.length > 0) {
            link.sendAudio(missed);
        }
    }

    /** There is no session any more; the audio is kept for the next one. */
    void hold() {
        link = null;
    }

    int bytesPerMs() {
        return bytesPerMs;
    }

    /** The place that the server means. */
    long place(long sessionMs) {
        return linkStart + sessionMs * bytesPerMs;
    }

    /** The place where the audio ends that came so far. */
    long end() {
        return end;
    }

    /** What comes from there on is needed yet. */
    void keepFrom(long place) {
        keptFrom = place;
        forget();
    }

    /** What comes before the place is never needed again, and after it only what may be the beginning of speech. */
    void settle(long place) {
        settled = Math.max(settled, place);
        keepFrom(Long.MAX_VALUE);
    }

    /** What is kept of the audio between two places. */
    byte[] between(long from, long to) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Chunk chunk : kept) {
            long first = Math.max(from, chunk.start());
            long last = Math.min(to, chunk.end);
            if (first < last) {
                joined.write(chunk.data, (int) (first - chunk.start()), (int) (last - first));
            }
        }
        return joined.toByteArray();
    }

    /**
     * When the caller's last word before the place came, by the loop's clock.
     *
     * @param lookBack how much earlier than there it may have ended
     */
    long lastWordBefore(long place, Duration lookBack) {
        long nanos = lastWord.endBefore(place / bytesPerMs * NANOS_PER_MS, lookBack);
        return arrivalOf(nanos / NANOS_PER_MS * bytesPerMs);
    }

    private long arrivalOf(long place) {
        for (Chunk chunk : kept) {
            if (chunk.end >= place) {
                return chunk.arrivedAtNanos;
            }
        }
        return loop.nanoTime();
    }

    private void forget() {
        long needed = link == null ? settled : Math.min(keptFrom, end - KEPT_IN_SILENCE.toMillis() * bytesPerMs);
        long from = Math.max(Math.max(needed, settled), end - MOST_KEPT_BYTES);
        while (!kept.isEmpty() && kept.getFirst().end <= from) {
            kept.removeFirst();
        }
    }
}
