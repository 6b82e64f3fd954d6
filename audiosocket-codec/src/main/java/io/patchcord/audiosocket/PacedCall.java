package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A call on top of an unpaced connection. A {@link Pacer} ticks it every 20 ms on its event loop; each tick owes the peer
 * one frame. A frame that {@link #play} sends at once, between two ticks, is that of the next tick sent early.
 */
class PacedCall<C extends ConnectionHandler> implements AudioSocketCall, AudioSocketListener {

    private final C connection;
    private final PlayQueue queue = new PlayQueue();
    private final AtomicLong waitingMicros = new AtomicLong();
    private final long maxWaitingMicros;

    private AudioSocketCallHandler handler = (kind, pcm) -> {};
    private AudioKind silenceKind = AudioKind.SLIN8;
    /** The frame of the next tick has already been sent; until the first frame of all, nothing is sent early. */
    private boolean early = true;
    /** Something was played since the last {@code onPlayedOut}. */
    private boolean playing;

    private boolean hangupAfterPlayout;
    private long firstStep;

    PacedCall(C connection, long maxWaitingMicros) {
        this.connection = connection;
        this.maxWaitingMicros = maxWaitingMicros;
    }

    /** On the event loop, when the UUID is known: sends the first frame and asks for the ticks that the others need. */
    void start(Function<? super PacedCall<C>, AudioSocketCallHandler> handlers, Pacer pacer) {
        handler = handlers.apply(this);
        sendDueFrame();
        early = false;
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
        if ((pcm.length & 1) != 0) {
            throw new IllegalArgumentException("Audio has whole 16-bit samples, not " + pcm.length + " bytes");
        }
        if (!isOpen()) {
            return false;
        }
        boolean onLoop = connection.eventLoop().inEventLoop();
        if (onLoop && !early && queue.isEmpty() && pcm.length == kind.frameBytes()) {
            early = true;
            playing = true;
            silenceKind = kind;
            return connection.sendAudio(kind, pcm);
        }
        return enqueue(kind, pcm.clone(), onLoop);
    }

    private boolean enqueue(AudioKind kind, byte[] pcm, boolean onLoop) {
        // One piece of any length is taken when little waits: a whole announcement is no abuse.
        if (waitingMicros.get() >= maxWaitingMicros) {
            return false;
        }
        waitingMicros.addAndGet(kind.microsOf(pcm.length));
        onLoop(onLoop, () -> {
            queue.add(kind, pcm);
            if (!early && queue.hasWholeFrame()) {
                early = true;
                sendQueued();
            }
        });
        return true;
    }

    @Override
    public final void clear() {
        onLoop(connection.eventLoop().inEventLoop(), () -> {
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
        onLoop(connection.eventLoop().inEventLoop(), () -> hangupAfterPlayout = true);
    }

    private void onLoop(boolean onLoop, Runnable task) {
        if (onLoop) {
            task.run();
            return;
        }
        EventLoop loop = connection.eventLoop();
        try {
            loop.execute(task);
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
        if (!early) {
            if (last || !queue.isEmpty()) {
                sendDueFrame();
            }
        } else if (queue.hasWholeFrame()) {
            sendQueued();
        } else {
            early = false;
        }
        return true;
    }

    private void sendDueFrame() {
        if (queue.isEmpty()) {
            playedOut();
        }
        if (!isOpen()) {
            return;
        }
        if (queue.isEmpty()) {
            sendSilence();
        } else {
            sendQueued();
        }
    }

    private void playedOut() {
        if (playing) {
            playing = false;
            early = true;
            try {
                handler.onPlayedOut();
            } catch (RuntimeException e) {
                connection.handlerFailed(e);
            }
            early = false;
        }
        if (hangupAfterPlayout && queue.isEmpty()) {
            hangup();
        }
    }

    private void sendQueued() {
        AudioKind kind = queue.kind();
        ByteBuf frame = Frames.header(connection.channel().alloc(), kind.wireByte(), kind.frameBytes());
        int bytes = queue.takeFrame(frame);
        waitingMicros.addAndGet(-kind.microsOf(bytes));
        playing = true;
        silenceKind = kind;
        sendOrDrop(frame);
    }

    private void sendSilence() {
        int bytes = silenceKind.frameBytes();
        sendOrDrop(Frames.header(connection.channel().alloc(), silenceKind.wireByte(), bytes)
                .writeZero(bytes));
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
