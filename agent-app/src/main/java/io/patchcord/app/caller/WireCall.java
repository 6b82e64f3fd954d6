package io.patchcord.app.caller;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.app.caller.CallRecord.End;
import io.patchcord.app.caller.Conversation.Outgoing;
import io.patchcord.audiosocket.AudioKind;
import io.patchcord.audiosocket.AudioSocketClient;
import io.patchcord.audiosocket.AudioSocketClientConnection;
import io.patchcord.audiosocket.AudioSocketListener;
import io.patchcord.audiosocket.CloseReason;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One call over AudioSocket in Asterisk's role: a frame of 20 ms leaves at each due time, whatever the agent does. Paced
 * here and not by the codec, because the time at which each frame leaves is what is measured. Confined to the connection's
 * event loop.
 */
final class WireCall implements AudioSocketListener {

    private static final int RATE_HZ = 8_000;
    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(AudioKind.FRAME_MS);

    private final AudioSocketClientConnection connection;
    private final EventLoop loop;
    private final Timing timing;
    private final Conversation conversation;
    private final CompletableFuture<CallRecord> over;
    private final AudioConverter converter = new AudioConverter(AudioFormat.slin(RATE_HZ));
    private final TimedAudio sent = new TimedAudio();
    private final TimedAudio received = new TimedAudio();
    private final FrameClock clock = new FrameClock();
    private final long started = System.nanoTime();
    private long ticks;
    private End end = End.AGENT;

    private WireCall(
            AudioSocketClientConnection connection,
            List<CallerStep> steps,
            Timing timing,
            CompletableFuture<CallRecord> over) {
        this.connection = connection;
        this.loop = connection.eventLoop();
        this.timing = timing;
        this.over = over;
        this.conversation = new Conversation(steps, timing, started);
    }

    /** Makes a call; the result is its record when it is over, or an exception if the agent could not be reached. */
    static CompletableFuture<CallRecord> place(
            AudioSocketClient client, InetSocketAddress agent, List<CallerStep> steps, Timing timing) {
        CompletableFuture<CallRecord> over = new CompletableFuture<>();
        client.connect(UUID.randomUUID(), agent, connection -> {
                    WireCall call = new WireCall(connection, steps, timing, over);
                    // The UUID is on its way when the listener is asked for; the first frame follows at once.
                    call.loop.execute(call::tick);
                    return call;
                })
                .whenComplete((connection, error) -> {
                    if (error != null) {
                        over.completeExceptionally(error);
                    }
                });
        return over;
    }

    private void tick() {
        if (!connection.isOpen()) {
            return;
        }
        long now = System.nanoTime();
        Outgoing out = conversation.next(now);
        if (conversation.isFinished() || now - started > timing.call().toNanos()) {
            end = conversation.isFinished() ? End.CALLER : End.TOO_LONG;
            connection.hangup();
            return;
        }
        sent.add(now, out.audio().toSamples());
        connection.sendAudio(AudioKind.SLIN8, out.audio().data());
        if (out.key() != null) {
            connection.sendDtmf(out.key());
        }
        ticks++;
        long wait = started + ticks * FRAME_NANOS - System.nanoTime();
        loop.schedule(this::tick, Math.max(0, wait), TimeUnit.NANOSECONDS);
    }

    @Override
    public void onAudio(AudioKind kind, ByteBuf payload) {
        long now = System.nanoTime();
        byte[] data = new byte[payload.readableBytes()];
        payload.getBytes(payload.readerIndex(), data);
        AudioFrame frame = AudioFrame.of(AudioFormat.slin(kind.sampleRateHz()), data);
        clock.arrived(now, frame.duration());
        short[] samples = converter.convert(frame).toSamples();
        received.add(now, samples);
        conversation.received(now, samples);
    }

    @Override
    public void onClosed(CloseReason reason) {
        End how = switch (reason.kind()) {
            case REMOTE_CLOSED, REMOTE_HANGUP -> End.AGENT;
            case LOCAL_HANGUP -> end;
            case REMOTE_ERROR, SHUTDOWN, PROTOCOL_ERROR, STALLED, REMOTE_RESET, CONNECTION_LOST, HANDLER_FAILED ->
                End.BROKEN;
        };
        over.complete(new CallRecord(
                started,
                System.nanoTime(),
                how,
                reason.toString(),
                conversation.hasSaidAll(),
                conversation.turns(),
                sent,
                received,
                clock.figures()));
    }
}
