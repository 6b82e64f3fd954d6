package io.patchcord.provider.deepgram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What a refusal or a broken connection means, in Deepgram's words where it has some: {@code err_msg} of the older form of
 * its errors, {@code message} and {@code details} of the newer one, and the id of the request for its support.
 */
final class SpeakErrors {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_WORDS = 300;
    private static final long MAX_BODY = 16_384;

    private SpeakErrors() {}

    static ProviderException broken(IOException error) {
        if (error instanceof InterruptedIOException) {
            return new ProviderException(Kind.TIMEOUT, "Deepgram took too long to speak", error);
        }
        return new ProviderException(
                Kind.UNAVAILABLE, "Deepgram cannot be reached, or the connection broke: " + error.getMessage(), error);
    }

    static ProviderException noAudio(Response response) {
        return new ProviderException(
                Kind.INTERNAL, "Deepgram answered " + response.code() + " without audio; is DEEPGRAM_BASE_URL right?");
    }

    static ProviderException refused(Response response, UnaryOperator<String> withoutKey) {
        String id = response.header("dg-request-id", "");
        String words = shortened(withoutKey.apply(words(response))) + (id.isEmpty() ? "" : " (request " + id + ")");
        return new ProviderException(
                kind(response.code()),
                "Deepgram answered " + response.code() + ": " + words,
                null,
                retryAfter(response));
    }

    /** 402 is an account without credit, 403 a model that the account may not use. */
    private static Kind kind(int status) {
        return switch (status) {
            case 401, 402, 403 -> Kind.UNAUTHORIZED;
            case 404 -> Kind.CONFIGURATION;
            case 408, 504 -> Kind.TIMEOUT;
            case 429 -> Kind.RATE_LIMITED;
            default -> status >= 500 ? Kind.UNAVAILABLE : Kind.REJECTED;
        };
    }

    /** The header in seconds; its other form, a date, is rare and not worth more than the default back-off. */
    private static @Nullable Duration retryAfter(Response response) {
        String header = response.header("Retry-After", "").strip();
        return header.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(header)) : null;
    }

    private static String words(Response response) {
        try {
            JsonNode error = MAPPER.readTree(response.peekBody(MAX_BODY).string());
            String words = error.path("err_msg").asText(error.path("message").asText(""));
            String details = error.path("details").asText("");
            if (words.isBlank()) {
                return "no reason given";
            }
            return details.isBlank() ? words : words + " " + details;
        } catch (JsonProcessingException e) {
            return "no reason that could be read";
        } catch (IOException e) {
            return "no reason given";
        }
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_WORDS ? line : line.substring(0, MAX_WORDS) + "…";
    }
}
