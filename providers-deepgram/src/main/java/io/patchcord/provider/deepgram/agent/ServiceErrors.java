package io.patchcord.provider.deepgram.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.provider.socket.SocketEnd;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a connection means, in Deepgram's words where it has some, and whether it is worth another try. Immutable.
 *
 * <p>Source: the page voice-agent-errors-warnings of Deepgram's documentation, and for refused handshakes the two forms
 * {@code err_msg} and {@code message} with {@code details}.
 */
final class ServiceErrors {

    private static final int MAX_WORDS = 300;

    private final UnaryOperator<String> withoutKeys;

    ServiceErrors(UnaryOperator<String> withoutKeys) {
        this.withoutKeys = withoutKeys;
    }

    /** The socket has closed without an Error before it. */
    ConnectionEnd of(SocketEnd end) {
        if (end instanceof SocketEnd.Refused refused) {
            return refused(refused);
        }
        if (end instanceof SocketEnd.ClosedByPeer closed) {
            String reason = closed.reason().isBlank() ? "" : ": " + words(closed.reason());
            return again(Kind.UNAVAILABLE, "Deepgram closed the connection (" + closed.code() + ")" + reason);
        }
        if (end instanceof SocketEnd.Lost lost) {
            return again(Kind.UNAVAILABLE, "the connection to Deepgram broke: " + words(lost.what()));
        }
        if (end instanceof SocketEnd.TimedOut late) {
            return again(
                    Kind.TIMEOUT,
                    "Deepgram did not answer within " + late.after().toMillis() + " ms");
        }
        if (end instanceof SocketEnd.ClosedByUs) {
            // Not by the session: by the engine, which is closed with all its sockets.
            return new ConnectionEnd(
                    new ProviderException(Kind.UNAVAILABLE, "the connection to Deepgram was closed"), false);
        }
        throw new AssertionError(end);
    }

    /**
     * An Error message, after which the service closes.
     *
     * @param applied whether Settings had been taken before: if not, they are the likely reason, and will be refused again
     */
    ConnectionEnd of(JsonNode error, boolean applied) {
        String code = error.path("code").asText("");
        String message = "Deepgram reports " + (code.isEmpty() ? "an error" : words(code)) + ": "
                + words(error.path("description").asText("no reason given"));
        if (isOurs(code) || !(applied || isPassing(code))) {
            return new ConnectionEnd(
                    new ProviderException(applied ? Kind.REJECTED : Kind.CONFIGURATION, message), false);
        }
        return again(code.endsWith("TIMEOUT") ? Kind.TIMEOUT : Kind.UNAVAILABLE, message);
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

    private ConnectionEnd refused(SocketEnd.Refused refused) {
        String id = refused.headers().getOrDefault("dg-request-id", "");
        String message = "Deepgram answered " + refused.status() + ": " + bodyWords(refused)
                + (id.isEmpty() ? "" : " (request " + words(id) + ")");
        int status = refused.status();
        Kind kind = kind(status);
        boolean retry = status == 408 || status == 429 || status >= 500;
        return new ConnectionEnd(new ProviderException(kind, message, null, retryAfter(refused.headers())), retry);
    }

    /** 402 is an account without credit, 403 a model that the account may not use. */
    private static Kind kind(int status) {
        return switch (status) {
            case 401, 402, 403 -> Kind.UNAUTHORIZED;
            case 408, 504 -> Kind.TIMEOUT;
            case 429 -> Kind.RATE_LIMITED;
            default ->
                status >= 500 ? Kind.UNAVAILABLE : status < 400 || status == 404 ? Kind.CONFIGURATION : Kind.REJECTED;
        };
    }

    /** The header in seconds; its other form, a date, is rare and not worth more than the default back-off. */
    private static @Nullable Duration retryAfter(Map<String, String> headers) {
        String header = headers.getOrDefault("retry-after", "").strip();
        return header.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(header)) : null;
    }

    private String bodyWords(SocketEnd.Refused refused) {
        try {
            JsonNode error = Json.read(refused.body());
            String said = error.path("err_msg").asText(error.path("message").asText(""));
            String details = error.path("details").asText("");
            if (!said.isBlank()) {
                return words(details.isBlank() ? said : said + " " + details);
            }
        } catch (JsonProcessingException e) {
            // A page of some proxy's; there is a header that may say more.
        }
        return words(refused.headers().getOrDefault("dg-error", "no reason given"));
    }

    private String words(String text) {
        String line = withoutKeys.apply(text).strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_WORDS ? line : line.substring(0, MAX_WORDS) + "…";
    }

    private static ConnectionEnd again(Kind kind, String message) {
        return new ConnectionEnd(new ProviderException(kind, message), true);
    }
}
