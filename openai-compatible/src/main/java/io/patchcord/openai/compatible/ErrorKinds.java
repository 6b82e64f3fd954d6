package io.patchcord.openai.compatible;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which kind of failure a status or an error object stands for. Names are those of OpenAI and of llama.cpp's server. */
final class ErrorKinds {

    private static final Map<String, Kind> NAMES = Map.ofEntries(
            Map.entry("invalid_api_key", Kind.UNAUTHORIZED),
            Map.entry("insufficient_quota", Kind.UNAUTHORIZED),
            Map.entry("billing_hard_limit_reached", Kind.UNAUTHORIZED),
            Map.entry("account_deactivated", Kind.UNAUTHORIZED),
            Map.entry("authentication_error", Kind.UNAUTHORIZED),
            Map.entry("permission_error", Kind.UNAUTHORIZED),
            Map.entry("model_not_found", Kind.CONFIGURATION),
            Map.entry("not_found_error", Kind.CONFIGURATION),
            Map.entry("rate_limit_exceeded", Kind.RATE_LIMITED),
            Map.entry("rate_limit_error", Kind.RATE_LIMITED),
            Map.entry("timeout", Kind.TIMEOUT),
            Map.entry("context_length_exceeded", Kind.REJECTED),
            Map.entry("exceed_context_size_error", Kind.REJECTED),
            Map.entry("not_supported_error", Kind.REJECTED),
            Map.entry("invalid_request_error", Kind.REJECTED));

    private ErrorKinds() {}

    /** Of an answer that is an error. */
    static Kind of(int status) {
        return switch (status) {
            case 401, 402, 403 -> Kind.UNAUTHORIZED;
            case 404 -> Kind.CONFIGURATION;
            case 408, 504 -> Kind.TIMEOUT;
            case 429 -> Kind.RATE_LIMITED;
            default -> status >= 500 ? Kind.UNAVAILABLE : Kind.REJECTED;
        };
    }

    /** Of such an answer with an error object in it: an account without credit is told with 429, and no waiting helps. */
    static Kind of(int status, JsonNode error) {
        return named(error.path("code"))
                .filter(kind -> kind == Kind.UNAUTHORIZED)
                .orElse(of(status));
    }

    /** Of an error object that comes where all went well until then: its code says most, its type least. */
    static Kind of(JsonNode error) {
        return Stream.of(named(error.path("code")), status(error), named(error.path("type")))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(Kind.UNAVAILABLE);
    }

    private static Optional<Kind> named(JsonNode name) {
        return Optional.ofNullable(NAMES.get(name.asText()));
    }

    /** Where a number is given, it is the status that the answer would have had; some servers write it as a text. */
    private static Optional<Kind> status(JsonNode error) {
        return Stream.of("code", "status", "status_code")
                .map(field -> error.path(field).asInt())
                .filter(status -> status >= 400 && status < 600)
                .findFirst()
                .map(ErrorKinds::of);
    }
}
