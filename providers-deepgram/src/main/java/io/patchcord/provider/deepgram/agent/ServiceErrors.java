package io.patchcord.provider.deepgram.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.provider.deepgram.DeepgramErrors;
import io.patchcord.provider.socket.SocketEnd;
import java.util.function.UnaryOperator;

/**
 * What the end of a connection means, in Deepgram's words where it has some, and whether it is worth another try. Immutable.
 *
 * <p>Source: the page voice-agent-errors-warnings of Deepgram's documentation.
 */
final class ServiceErrors {

    private final DeepgramErrors errors;

    ServiceErrors(UnaryOperator<String> withoutKeys) {
        this.errors = new DeepgramErrors(withoutKeys);
    }

    /** The socket has closed without an Error before it. */
    ConnectionEnd of(SocketEnd end) {
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
    ConnectionEnd of(JsonNode error, boolean applied) {
        String code = error.path("code").asText("");
        String message = "Deepgram reports " + (code.isEmpty() ? "an error" : errors.clean(code)) + ": "
                + errors.clean(error.path("description").asText("no reason given"));
        if (isOurs(code) || !(applied || isPassing(code))) {
            return new ConnectionEnd(
                    new ProviderException(applied ? Kind.REJECTED : Kind.CONFIGURATION, message), false);
        }
        return new ConnectionEnd(
                new ProviderException(code.endsWith("TIMEOUT") ? Kind.TIMEOUT : Kind.UNAVAILABLE, message), true);
    }

    private static boolean isOurs(String code) {
        return code.startsWith("UNPARSABLE")
                || code.endsWith("_SETTINGS")
                || code.equals("SETTINGS_ALREADY_APPLIED")
                || code.equals("USER_AUDIO_FORMAT");
    }

    private static boolean isPassing(String code) {
        return code.startsWith("INTERNAL")
                || code.startsWith("ASR_")
                || code.equals("FAILED_TO_START_LISTENING")
                || code.equals("CLIENT_MESSAGE_TIMEOUT");
    }
}
