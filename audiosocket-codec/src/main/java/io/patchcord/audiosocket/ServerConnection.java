package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import io.patchcord.audiosocket.CloseReason.Kind;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection from Asterisk. */
final class ServerConnection extends ConnectionHandler {

    private final Timeouts timeouts;
    private final AudioSocketAcceptor acceptor;
    private final Refusals refusals;
    private @Nullable Future<?> idTimer;
    private boolean identified;

    ServerConnection(
            Channel channel,
            InetSocketAddress remoteAddress,
            Timeouts timeouts,
            AudioSocketAcceptor acceptor,
            Refusals refusals) {
        super(channel, remoteAddress, FrameParser.ofStreamFromAsterisk(), timeouts);
        this.timeouts = timeouts;
        this.acceptor = acceptor;
        this.refusals = refusals;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        idTimer = eventLoop().schedule(this::idIsLate, timeouts.id().toMillis(), TimeUnit.MILLISECONDS);
        ctx.fireChannelActive();
    }

    private void idIsLate() {
        refusals.refuse(Refusal.NO_ID, remoteAddress());
        hangup(new CloseReason(
                Kind.PROTOCOL_ERROR, "no UUID within " + timeouts.id().toMillis() + " ms"));
    }

    @Override
    public void onId(UUID id) {
        cancelIdTimer();
        identified = true;
        identify(id);
        Optional<AudioSocketListener> listener = acceptor.accept(this);
        if (listener.isPresent()) {
            listen(listener.get());
        } else {
            refusals.refuse(Refusal.TURNED_AWAY, remoteAddress());
            hangup();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        cancelIdTimer();
        super.channelInactive(ctx);
    }

    private void cancelIdTimer() {
        if (idTimer != null) {
            idTimer.cancel(false);
            idTimer = null;
        }
    }

    @Override
    void checkPayload(int bytes) {
        AudioSocketMessage.PlayableAudio.checkPlayable(bytes);
    }

    @Override
    ByteBuf goodbye(ByteBufAllocator allocator) {
        return Frames.hangup(allocator);
    }

    @Override
    void onProtocolError() {
        if (!identified) {
            refusals.refuse(Refusal.NOT_AUDIOSOCKET, remoteAddress());
        }
    }
}
