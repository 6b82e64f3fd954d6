package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetSocketAddress;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A connection to a server, in the role of Asterisk, and as strict as Asterisk with what the server sends. */
final class ClientConnection extends ConnectionHandler implements AudioSocketClientConnection {

    private final UUID id;
    private final Function<ClientConnection, AudioSocketListener> listeners;
    private final CompletableFuture<?> outcome;

    ClientConnection(
            Channel channel,
            InetSocketAddress remoteAddress,
            Timeouts timeouts,
            UUID id,
            Function<ClientConnection, AudioSocketListener> listeners,
            CompletableFuture<?> outcome) {
        super(channel, remoteAddress, FrameParser.ofStreamToAsterisk(), timeouts);
        this.id = id;
        this.listeners = listeners;
        this.outcome = outcome;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        identify(id);
        send(Frames.id(ctx.alloc(), id));
        try {
            listen(listeners.apply(this));
        } catch (RuntimeException e) {
            outcome.completeExceptionally(e);
            handlerFailed(e);
        }
        ctx.fireChannelActive();
    }

    @Override
    public boolean sendDtmf(char digit) {
        var message = new AudioSocketMessage.Dtmf(digit);
        return canSend() && send(Frames.dtmf(channel().alloc(), message.digit()));
    }

    @Override
    public void onAudio(AudioKind kind, ByteBuf payload) {
        if (payload.isReadable()) {
            super.onAudio(kind, payload);
        } else {
            protocolError("empty audio");
        }
    }

    @Override
    public void onId(UUID serversId) {
        protocolError("a UUID, which only Asterisk sends");
    }

    @Override
    public void onDtmf(char digit) {
        protocolError("a digit, which only Asterisk sends");
    }

    @Override
    public void onPeerError(OptionalInt code) {
        protocolError("an error message, which only Asterisk sends");
    }

    @Override
    void checkPayload(int bytes) {
        if (bytes > AudioSocketMessage.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("A payload has at most 65535 bytes, not " + bytes);
        }
    }

    @Override
    ByteBuf goodbye(ByteBufAllocator allocator) {
        return Unpooled.EMPTY_BUFFER;
    }
}
