package io.patchcord.provider.socket;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;

/**
 * Netty's handshake of RFC 6455 as we want it: no compression, which would cost time for audio; no Origin header, by which
 * services tell browsers; and a decoder that leaves it to us to answer bad frames.
 */
final class Handshaker extends WebSocketClientHandshaker13 {

    Handshaker(SocketRequest request, Peer peer) {
        super(request.uri(), WebSocketVersion.V13, null, false, headers(request, peer), request.maxMessageBytes());
    }

    private static HttpHeaders headers(SocketRequest request, Peer peer) {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.HOST, peer.hostHeader());
        request.headers().forEach(headers::set);
        return headers;
    }

    @Override
    protected FullHttpRequest newHandshakeRequest() {
        FullHttpRequest request = super.newHandshakeRequest();
        request.headers().remove(HttpHeaderNames.ORIGIN);
        return request;
    }

    @Override
    protected WebSocketFrameDecoder newWebsocketDecoder() {
        return new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(false)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .maxFramePayloadLength(maxFramePayloadLength())
                .closeOnProtocolViolation(false)
                .build());
    }
}
