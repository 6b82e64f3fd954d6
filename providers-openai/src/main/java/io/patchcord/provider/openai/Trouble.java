package io.patchcord.provider.openai;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.RetryAfter;
import io.patchcord.provider.socket.SocketEnd;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Why a session ended or cannot begin, and whether another try may help. Sources: OpenAI's clients for the close codes, what
 * integrators have seen for the codes of errors, of which the specification has no list.
 *
 * @param retry whether a new session may do better
 */
record Trouble(ProviderException why, boolean retry) {

    /** Close codes after which OpenAI's own clients connect again. */
    private static final Set<Integer> PASSING_CLOSE_CODES = Set.of(1001, 1005, 1006, 1011, 1012, 1013, 1015);

    private static final Set<String> CODES_OF_ACCOUNT = Set.of(
            "invalid_api_key",
            "insufficient_quota",
            "billing_hard_limit_reached",
            "account_deactivated",
            "invalid_organization",
            "mismatched_organization",
            "mismatched_project");
    private static final Set<String> CODES_OF_SETTINGS = Set.of("model_not_found", "beta_api_shape_disabled");
    private static final String EXPIRED = "session_expired";

    static Trouble passing(Kind kind, String message) {
        return new Trouble(new ProviderException(kind, message), true);
    }

    static Trouble lasting(Kind kind, String message) {
        return new Trouble(new ProviderException(kind, message), false);
    }

    /**
     * What the end of a socket means.
     *
     * @param lastError that the server told before, without the key, which says more than a close code; empty if none
     */
    static Trouble of(SocketEnd end, String lastError, OpenAiAccount account) {
        if (end instanceof SocketEnd.Refused refused) {
            return refused(refused, account);
        }
        if (end instanceof SocketEnd.TimedOut timedOut) {
            return passing(
                    Kind.TIMEOUT,
                    "OpenAI did not open a session within " + timedOut.after().toMillis() + " ms");
        }
        if (end instanceof SocketEnd.ClosedByPeer closed) {
            String reason = closed.reason().isBlank() ? lastError : account.withoutKey(closed.reason());
            String words = "OpenAI closed the session with " + closed.code() + (reason.isBlank() ? "" : ": " + reason);
            return PASSING_CLOSE_CODES.contains(closed.code())
                    ? passing(Kind.UNAVAILABLE, words)
                    : lasting(Kind.UNAVAILABLE, words);
        }
        if (end instanceof SocketEnd.Lost lost) {
            return passing(Kind.UNAVAILABLE, "the connection to OpenAI failed: " + account.withoutKey(lost.what()));
        }
        return lasting(Kind.UNAVAILABLE, "the connection to OpenAI was closed");
    }

    /** An error event that ends the session; empty for one after which it goes on. */
    static Optional<Trouble> endOf(ServerError error) {
        String words = "OpenAI ends the session: " + error.words();
        if (error.code().equals(EXPIRED)) {
            return Optional.of(passing(Kind.UNAVAILABLE, words));
        }
        return lastingKind(error.code()).map(kind -> lasting(kind, words));
    }

    /** What a failed response means if it stays so. */
    static ProviderException response(ServerError error) {
        String words = "OpenAI could not answer: " + error.words();
        boolean limited = error.code().startsWith("rate_limit") || error.type().startsWith("rate_limit");
        Kind kind = lastingKind(error.code()).orElse(limited ? Kind.RATE_LIMITED : Kind.UNAVAILABLE);
        return new ProviderException(kind, words);
    }

    /** Whether no second try can help. */
    static boolean isLasting(ServerError error) {
        return lastingKind(error.code()).isPresent();
    }

    private static Optional<Kind> lastingKind(String code) {
        if (CODES_OF_ACCOUNT.contains(code)) {
            return Optional.of(Kind.UNAUTHORIZED);
        }
        return CODES_OF_SETTINGS.contains(code) ? Optional.of(Kind.CONFIGURATION) : Optional.empty();
    }

    private static Trouble refused(SocketEnd.Refused refused, OpenAiAccount account) {
        ServerError error = Json.parse(refused.body())
                .map(body -> ServerError.of(body.path("error"), account::withoutKey))
                .orElse(ServerError.NONE);
        String reason = error.isNone() ? "no reason that could be read" : error.words();
        String words = "OpenAI answered " + refused.status() + ": " + reason + hint(refused.status(), error);
        Kind kind = lastingKind(error.code()).orElseGet(() -> kind(refused.status()));
        boolean retry = kind == Kind.UNAVAILABLE || kind == Kind.TIMEOUT;
        Optional<Duration> wait = RetryAfter.of(refused.headers().get("retry-after"), Clock.systemUTC());
        return new Trouble(new ProviderException(kind, words, null, wait.orElse(null)), retry);
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401, 402, 403 -> Kind.UNAUTHORIZED;
            case 404 -> Kind.CONFIGURATION;
            case 408, 504 -> Kind.TIMEOUT;
            case 429 -> Kind.RATE_LIMITED;
            default -> status >= 500 ? Kind.UNAVAILABLE : status >= 400 ? Kind.REJECTED : Kind.CONFIGURATION;
        };
    }

    private static String hint(int status, ServerError error) {
        if (status == 401) {
            return "; is " + OpenAiAccount.API_KEY + " right?";
        }
        boolean noModel = error.code().equals("model_not_found");
        return !noModel && (status == 404 || status < 400) ? "; is " + OpenAiAccount.BASE_URL + " right?" : "";
    }
}
