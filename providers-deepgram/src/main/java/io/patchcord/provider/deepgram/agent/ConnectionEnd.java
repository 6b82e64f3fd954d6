package io.patchcord.provider.deepgram.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.provider.deepgram.DeepgramErrors;
import io.patchcord.provider.socket.SocketEnd;

/**
 * Why a connection is over. Immutable.
 *
 * <p>Source: the page voice-agent-errors-warnings of Deepgram's documentation.
 *
 * @param retry whether another one may do better
 */
record ConnectionEnd(ProviderException error, boolean retry) {

    /** The socket has closed without an Error before it. */
    static ConnectionEnd of(SocketEnd end, DeepgramErrors errors) {
        return new ConnectionEnd(errors.ended(end, null), mayDoBetter(end));
    }

    private static boolean mayDoBetter(SocketEnd end) {
        if (end instanceof SocketEnd.Refused refused) {
            int status = refused.status();
            return status == 408 || status == 429 || status >= 500;
        }
        // We close by the session, which is over then, or by the engine, which is closed with all its sockets.
        return !(end instanceof SocketEnd.ClosedByUs);
    }

    /**
     * An Error message, after which the service closes.
     *
     * @param applied whether Settings had been taken before: if not, they are the likely reason, and will be refused again
     */
    static ConnectionEnd of(JsonNode error, boolean applied, DeepgramErrors errors) {
        ProviderException told = errors.told(error, null);
        boolean ours = told.kind() == Kind.REJECTED;
        if (applied) {
            return new ConnectionEnd(told, !ours);
        }
        return !ours && isPassing(error.path("code").asText(""))
                ? new ConnectionEnd(told, true)
                : new ConnectionEnd(
                        new ProviderException(Kind.CONFIGURATION, String.valueOf(told.getMessage())), false);
    }

    private static boolean isPassing(String code) {
        return code.startsWith("INTERNAL")
                || code.startsWith("ASR_")
                || code.equals("FAILED_TO_START_LISTENING")
                || code.equals("CLIENT_MESSAGE_TIMEOUT");
    }
}
