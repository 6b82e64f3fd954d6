package io.patchcord.provider.socket;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;

/** What went wrong with a connection, in words for a log. None of these exceptions holds anything of what was sent. */
final class Words {

    private static final String TLS = "TLS: ";

    private Words() {}

    /** For a handshake of TLS, which may have failed because the peer does not speak it. */
    static String ofTls(Throwable error) {
        String words = of(error);
        return words.startsWith(TLS) ? words : TLS + words;
    }

    static String of(Throwable error) {
        Throwable cause = error instanceof DecoderException && error.getCause() != null ? error.getCause() : error;
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof ConnectTimeoutException) {
            return "no answer";
        }
        if (cause instanceof SSLException) {
            return TLS + message;
        }
        if (cause instanceof ClosedChannelException) {
            return "the connection ended";
        }
        return cause instanceof SocketException ? message : cause.getClass().getSimpleName() + ": " + message;
    }
}
