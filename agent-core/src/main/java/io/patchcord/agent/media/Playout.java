package io.patchcord.agent.media;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the caller hears: from start to close one frame every ptime, speech or silence, at absolute due times
 * ({@code t0 + n·ptime}), never ahead of the clock. So what was sent is what was heard, and to stop the voice is to stop
 * sending. Asterisk does not pace and drops a silent peer, hence both rules (see the rules of the wire in the design).
 *
 * <p>After a stall of up to two frames the missed ones are sent at once; after a longer one the clock is moved, so that
 * speech is late but whole, and never a burst.
 *
 * <p>Confined to the call loop.
 */
public final class Playout implements AutoCloseable {

    /** Missed frames that are made up for at once; Asterisk's mixer throws away a backlog above four. */
    private static final int MAX_CATCH_UP_FRAMES = 2;

    private final CallLoop loop;
    private final MediaPort port;
    private final Listener listener;
    private final AudioFrame silence;
    private final long ptimeNanos;
    private final FrameClock clock = new FrameClock();
    private final ArrayDeque<Item> queue = new ArrayDeque<>();
    private final Map<String, Integer> sentFrames = new LinkedHashMap<>();

    private long dueNanos;
    private boolean held;
    private boolean closed;
    private @Nullable AudioFrame fadeOut;
    private CallLoop.@Nullable Timer timer;

    /** Hears about the progress of responses, on the call loop. */
    public interface Listener {

        /** The first frame of the response has been sent. */
        void onStarted(String responseId);

        /** The last frame of the response has been sent. */
        void onFinished(String responseId);
    }

    public Playout(CallLoop loop, MediaPort port, Listener listener) {
        this.loop = loop;
        this.port = port;
        this.listener = listener;
        this.silence = AudioFrame.silence(port.format(), port.ptime());
        this.ptimeNanos = port.ptime().toNanos();
    }

    /** Sends the first frame now and goes on until {@link #close}. */
    public void start() {
        dueNanos = loop.nanoTime();
        tick();
    }

    /** Sends silence and keeps speech back until {@link #release}: the caller's side is not ready to hear it. */
    public void hold() {
        held = true;
    }

    /** Lets speech go out. */
    public void release() {
        held = false;
    }

    /** Queues a frame of exactly one ptime in the port's format. */
    public void enqueue(String responseId, AudioFrame frame) {
        if (!frame.format().equals(port.format()) || frame.data().length != silence.data().length) {
            throw new IllegalArgumentException(frame + " is not one ptime of " + port.format());
        }
        sentFrames.putIfAbsent(responseId, 0);
        queue.add(new Item(responseId, frame));
    }

    /** No more frames will come for the response; when those queued are sent, it is finished. */
    public void endOf(String responseId) {
        sentFrames.putIfAbsent(responseId, 0);
        queue.add(new Item(responseId, null));
    }

    /**
     * Stops speaking: forgets everything queued.
     *
     * @return the responses that were cut, in order, each with how much of it was heard
     */
    public Map<String, Duration> stop() {
        Map<String, Duration> cut = new LinkedHashMap<>();
        sentFrames.forEach((id, frames) -> cut.put(id, Duration.ofNanos(frames * ptimeNanos)));
        Item next = held ? null : queue.peek();
        if (next != null && next.frame != null && isPlaying(next.responseId)) {
            fadeOut = Fade.out(next.frame, port.ptime());
        }
        queue.clear();
        sentFrames.clear();
        port.flush();
        return cut;
    }

    /** Whether anything of a response is waiting or still expected. */
    public boolean isBusy() {
        return !sentFrames.isEmpty();
    }

    /** Whether frames are waiting to be sent. */
    public boolean hasAudio() {
        return !queue.isEmpty();
    }

    /** How much of the response has been sent; zero for one that is over or unknown. */
    public Duration playedOut(String responseId) {
        return Duration.ofNanos(sentFrames.getOrDefault(responseId, 0) * ptimeNanos);
    }

    /** How punctual the frames were. */
    public FrameClock clock() {
        return clock;
    }

    @Override
    public void close() {
        closed = true;
        queue.clear();
        sentFrames.clear();
        if (timer != null) {
            timer.cancel();
        }
    }

    private void tick() {
        long now = loop.nanoTime();
        long missed = (now - dueNanos) / ptimeNanos;
        if (missed > MAX_CATCH_UP_FRAMES) {
            clock.stalled(now - dueNanos);
            dueNanos = now;
        }
        while (!closed && dueNanos - now <= 0) {
            clock.sent(now - dueNanos);
            sendNext();
            dueNanos += ptimeNanos;
        }
        if (!closed) {
            timer = loop.scheduleAt(dueNanos, this::tick);
        }
    }

    private void sendNext() {
        if (fadeOut != null) {
            port.send(fadeOut);
            fadeOut = null;
            return;
        }
        if (held) {
            port.send(silence);
            return;
        }
        Item item = nextSpeech();
        if (item == null) {
            port.send(silence);
            return;
        }
        port.send(Objects.requireNonNull(item.frame));
        int sent = sentFrames.merge(item.responseId, 1, Integer::sum);
        if (sent == 1) {
            listener.onStarted(item.responseId);
        }
        finishEnded();
    }

    private @Nullable Item nextSpeech() {
        finishEnded();
        return queue.poll();
    }

    /** Takes end marks off the head of the queue, so that a response is finished with its last frame. */
    private void finishEnded() {
        Item head = queue.peek();
        while (head != null && head.frame == null) {
            queue.remove();
            sentFrames.remove(head.responseId);
            listener.onFinished(head.responseId);
            head = queue.peek();
        }
    }

    private boolean isPlaying(String responseId) {
        return sentFrames.getOrDefault(responseId, 0) > 0;
    }

    /** A frame of a response, or the mark of its end. */
    private record Item(String responseId, @Nullable AudioFrame frame) {}
}
