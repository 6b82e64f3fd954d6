package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A call on top of an unpaced connection. A {@link Pacer} ticks it every 20 ms on its event loop, and each tick owes the
 * peer 20 ms of audio: what was relayed since the last one, or a frame of what waits to be played, or silence.
 *
 * <p>Relayed audio may be ahead of the ticks. That is what keeps a relay smooth: when the source is late for a tick, what
 * was ahead has filled the place already, and no silence is put in.
 */
class PacedCall<C extends ConnectionHandler> implements AudioSocketCall, AudioSocketListener {

    private static final long TICK_MICROS = AudioKind.FRAME_MS * 1000L;
    /** As much as a late source may be late for. A source that has stopped is filled up for after this time. */
    private static final long MAX_AHEAD_MICROS = 3 * TICK_MICROS;

    private final C connection;
    private final PlayQueue queue = new PlayQueue();
    private final AtomicLong waitingMicros = new AtomicLong();
    private final long maxWaitingMicros;

    private AudioSocketCallHandler handler = (kind, pcm) -> {};
    private AudioKind silenceKind = AudioKind.SLIN8;
    private long aheadMicros;
    /** Something was played since the last {@code onPlayedOut}. */
    private boolean playing;

    private boolean hangupAfterPlayout;
    private long firstStep;

    PacedCall(C connection, long maxWaitingMicros) {
        this.connection = connection;
        this.maxWaitingMicros = maxWaitingMicros;
    }

    /** On the event loop, when the UUID is known: sends the first frame and asks for the ticks of the others. */
    void start(Function<? super PacedCall<C>, AudioSocketCallHandler> handlers, Pacer pacer) {
        handler = handlers.apply(this);
        if (isOpen()) {
            sendFrame();
        }
        firstStep = pacer.add(this);
    }

    final C connection() {
        return connection;
    }

    @Override
    public final UUID id() {
        return connection.id();
    }

    @Override
    public final InetSocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public final boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public final boolean play(AudioKind kind, byte[] pcm) {
        checkSamples(pcm);
        // One piece of any length is taken when little waits: a whole announcement is no abuse.
        if (!isOpen() || waitingMicros.get() >= maxWaitingMicros) {
            return false;
        }
        if (pcm.length > 0) {
            waitingMicros.addAndGet(kind.microsOf(pcm.length));
            byte[] copy = pcm.clone();
            onLoop(() -> queue.add(kind, copy));
        }
        return true;
    }

    @Override
    public final boolean relay(AudioKind kind, byte[] pcm) {
        checkSamples(pcm);
        if (pcm.length == 0) {
            return isOpen();
        }
        if (!connection.sendAudio(kind, pcm)) {
            return false;
        }
        if (connection.eventLoop().inEventLoop()) {
            relayed(kind, pcm.length);
        } else {
            onLoop(() -> relayed(kind, pcm.length));
        }
        return true;
    }

    private void relayed(AudioKind kind, int bytes) {
        silenceKind = kind;
        aheadMicros = Math.min(aheadMicros + kind.microsOf(bytes), MAX_AHEAD_MICROS);
    }

    private static void checkSamples(byte[] pcm) {
        if ((pcm.length & 1) != 0) {
            throw new IllegalArgumentException("Audio has whole 16-bit samples, not " + pcm.length + " bytes");
        }
    }

    @Override
    public final void clear() {
        onLoop(() -> {
            waitingMicros.addAndGet(-queue.clear());
            playing = false;
        });
    }

    @Override
    public final void hangup() {
        connection.hangup();
    }

    @Override
    public final void hangupAfterPlayout() {
        onLoop(() -> hangupAfterPlayout = true);
    }

    private void onLoop(Runnable task) {
        if (connection.eventLoop().inEventLoop()) {
            task.run();
            return;
        }
        try {
            connection.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // The loop was shut down, and the call with it.
            connection.close();
        }
    }

    /**
     * One tick of the clock.
     *
     * @param step the number of this tick on the clock
     * @param last false when a later tick is due already, so that this one need not send silence
     * @return false when the call needs no more ticks
     */
    final boolean tick(long step, boolean last) {
        if (!isOpen()) {
            return false;
        }
        if (step < firstStep) {
            return true;
        }
        if (aheadMicros >= TICK_MICROS) {
            aheadMicros -= TICK_MICROS;
        } else if (last || !queue.isEmpty()) {
            sendFrame();
        }
        return true;
    }

    private void sendFrame() {
        if (queue.isEmpty()) {
            playedOut();
        }
        if (!queue.isEmpty()) {
            sendQueued();
        } else if (hangupAfterPlayout) {
            hangup();
        } else {
            sendSilence();
        }
    }

    private void playedOut() {
        if (playing) {
            playing = false;
            try {
                handler.onPlayedOut();
            } catch (RuntimeException e) {
                connection.handlerFailed(e);
            }
        }
    }

    private void sendQueued() {
        AudioKind kind = queue.kind();
        ByteBuf frame = connection.newFrame(kind, kind.frameBytes());
        waitingMicros.addAndGet(-kind.microsOf(queue.takeFrame(frame)));
        playing = true;
        silenceKind = kind;
        sendOrDrop(frame);
    }

    private void sendSilence() {
        int bytes = silenceKind.frameBytes();
        sendOrDrop(connection.newFrame(silenceKind, bytes).writeZero(bytes));
    }

    private void sendOrDrop(ByteBuf frame) {
        if (connection.canSend()) {
            connection.send(frame);
        } else {
            frame.release();
        }
    }

    @Override
    public final void onAudio(AudioKind kind, ByteBuf payload) {
        handler.onAudio(kind, ByteBufUtil.getBytes(payload));
    }

    @Override
    public final void onDtmf(char digit) {
        handler.onDtmf(digit);
    }

    @Override
    public final void onClosed(CloseReason reason) {
        queue.clear();
        handler.onClosed(reason);
    }
}
