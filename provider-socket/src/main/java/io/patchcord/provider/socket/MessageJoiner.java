package io.patchcord.provider.socket;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Joins the fragments of a message; the decoder has seen to it that they come in order. */
final class MessageJoiner {

    private final int maxBytes;
    private ByteArrayOutputStream fragments = new ByteArrayOutputStream();
    private boolean text;

    MessageJoiner(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    boolean fits(WebSocketFrame frame) {
        return fragments.size() + (long) frame.content().readableBytes() <= maxBytes;
    }

    /** Whether the message at hand, or the one just completed, is text. */
    boolean isText() {
        return text;
    }

    /** The message if the frame completes it, else null. */
    byte @Nullable [] add(WebSocketFrame frame) {
        boolean first = !(frame instanceof ContinuationWebSocketFrame);
        if (first) {
            text = frame instanceof TextWebSocketFrame;
        }
        byte[] bytes = ByteBufUtil.getBytes(frame.content());
        if (first && frame.isFinalFragment()) {
            return bytes;
        }
        fragments.writeBytes(bytes);
        if (!frame.isFinalFragment()) {
            return null;
        }
        byte[] whole = fragments.toByteArray();
        // A new one, since an emptied one would keep the room of the longest message.
        fragments = new ByteArrayOutputStream();
        return whole;
    }
}
