package io.patchcord.provider.deepgram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.RetryAfter;
import io.patchcord.provider.socket.SocketEnd;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a refusal, a broken connection or a message of trouble means, in Deepgram's words where it has some: {@code err_msg} of
 * the older form of its errors, {@code message} and {@code details} of the newer one, the header {@code dg-error}, and the id
 * of the request for its support. None of it holds the key. Immutable.
 */
public final class DeepgramErrors {

    private static final int MAX_WORDS = 300;
    private static final String NO_REASON = "no reason given";

    private final UnaryOperator<String> withoutKeys;

    DeepgramErrors(DeepgramAccount account) {
        this(account::withoutKey);
    }

    /**
     * @param withoutKeys takes keys out of what a server says
     */
    public DeepgramErrors(UnaryOperator<String> withoutKeys) {
        this.withoutKeys = withoutKeys;
    }

    /**
     * An HTTP answer that is no success.
     *
     * @param header gives a header by its name in lower case, null if there is none
     */
    ProviderException refused(int status, Function<String, @Nullable String> header, String body) {
        String words = words(body);
        String dgError = header.apply("dg-error");
        if (words.equals(NO_REASON) && dgError != null) {
            words = dgError;
        }
        return new ProviderException(
                kind(status),
                "Deepgram answered " + status + ": " + clean(words) + request(header.apply("dg-request-id")),
                null,
                RetryAfter.of(header.apply("retry-after"), Clock.systemUTC()).orElse(null));
    }

    /**
     * A WebSocket that ended and should not have.
     *
     * @param requestId of the session, null if there was none yet
     */
    public ProviderException ended(SocketEnd end, @Nullable String requestId) {
        if (end instanceof SocketEnd.Refused refused) {
            return refused(refused.status(), refused.headers()::get, refused.body());
        }
        if (end instanceof SocketEnd.TimedOut timedOut) {
            return new ProviderException(
                    Kind.TIMEOUT,
                    "Deepgram did not answer within " + timedOut.after().toMillis() + " ms");
        }
        if (end instanceof SocketEnd.ClosedByPeer closed) {
            String reason = closed.reason().isBlank() ? NO_REASON : clean(closed.reason());
            return new ProviderException(
                    closeKind(closed.code()),
                    "Deepgram closed the connection with " + closed.code() + ": " + reason + request(requestId));
        }
        if (end instanceof SocketEnd.Lost lost) {
            return new ProviderException(
                    Kind.UNAVAILABLE,
                    "Deepgram cannot be reached, or the connection broke: " + clean(lost.what()) + request(requestId));
        }
        if (end instanceof SocketEnd.ClosedByUs) {
            return new ProviderException(Kind.UNAVAILABLE, "the connection to Deepgram was closed");
        }
        throw new AssertionError(end);
    }

    /**
     * A message of type Error within a session.
     *
     * @return of kind REJECTED if it is about what we have sent, and would come again
     */
    public ProviderException told(JsonNode message, @Nullable String requestId) {
        String code = message.path("code").asText("");
        String words =
                message.path("description").asText(message.path("message").asText(NO_REASON));
        return new ProviderException(
                codeKind(code),
                "Deepgram reports " + (code.isEmpty() ? "an error" : clean(code)) + ": " + clean(words)
                        + request(requestId));
    }

    /** A server's text on one line, of a bearable length, without the key. */
    public String clean(String text) {
        String line = withoutKeys.apply(text).strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
        return line.length() <= MAX_WORDS ? line : line.substring(0, MAX_WORDS) + "…";
    }

    /** 402 is an account without credit, 403 a model that the account may not use; a redirect is a wrong address. */
    private static Kind kind(int status) {
        return switch (status) {
            case 401, 402, 403 -> Kind.UNAUTHORIZED;
            case 404 -> Kind.CONFIGURATION;
            case 408, 504 -> Kind.TIMEOUT;
            case 429 -> Kind.RATE_LIMITED;
            default -> status >= 500 ? Kind.UNAVAILABLE : status < 400 ? Kind.CONFIGURATION : Kind.REJECTED;
        };
    }

    /** 1003, 1007, 1008 and 1009 are about what we sent, and would come again; the others are the service's own trouble. */
    private static Kind closeKind(int code) {
        return switch (code) {
            case 1003, 1007, 1008, 1009 -> Kind.REJECTED;
            default -> Kind.UNAVAILABLE;
        };
    }

    /** By the list of Deepgram's pages: what names our message or our settings is refused again when it is sent again. */
    private static Kind codeKind(String code) {
        boolean ours = code.startsWith("UNPARSABLE")
                || code.startsWith("INVALID")
                || code.contains("SETTINGS")
                || code.startsWith("USER_AUDIO");
        if (ours) {
            return Kind.REJECTED;
        }
        return code.endsWith("TIMEOUT") ? Kind.TIMEOUT : Kind.UNAVAILABLE;
    }

    private static String words(String body) {
        if (body.isBlank()) {
            return NO_REASON;
        }
        try {
            JsonNode error = Json.read(body);
            String words = error.path("err_msg").asText(error.path("message").asText(""));
            String details = error.path("details").asText("");
            if (words.isBlank()) {
                return NO_REASON;
            }
            return details.isBlank() ? words : words + " " + details;
        } catch (JsonProcessingException e) {
            return "no reason that could be read";
        }
    }

    private String request(@Nullable String id) {
        return id == null || id.isBlank() ? "" : " (request " + clean(id) + ")";
    }
}
