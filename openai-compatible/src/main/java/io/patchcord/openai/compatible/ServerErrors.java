package io.patchcord.openai.compatible;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.RetryAfter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** What a refusal or a broken connection means, in the words of the server where it has some, and never with the key. */
final class ServerErrors {

    private static final String NO_REASON = "no reason given";
    private static final int MAX_WORDS = 300;
    private static final long MAX_BODY = 16_384;

    private final String server;
    private final KeyFilter keys;

    /**
     * @param server what it is called in messages, such as {@code "the model's server"}
     * @param keys that it may repeat
     */
    ServerErrors(String server, KeyFilter keys) {
        this.server = server;
        this.keys = keys;
    }

    ProviderException of(@Nullable Throwable error, @Nullable Response response) {
        if (response != null && !response.isSuccessful()) {
            return refused(response);
        }
        if (error instanceof ProviderException ours) {
            return ours;
        }
        if (error instanceof InterruptedIOException) {
            return new ProviderException(Kind.TIMEOUT, server + " took too long to answer", harmless(error));
        }
        if (error instanceof IOException) {
            return new ProviderException(
                    Kind.UNAVAILABLE,
                    server + " cannot be reached, or the connection broke: "
                            + shortened(String.valueOf(error.getMessage())),
                    harmless(error));
        }
        if (response != null) {
            return new ProviderException(
                    Kind.INTERNAL,
                    server + " answered " + response.code() + " without an event stream; is the address right?",
                    harmless(error));
        }
        return new ProviderException(
                Kind.INTERNAL, "the answer broke off: " + shortened(String.valueOf(error)), harmless(error));
    }

    /** An error that comes as an event in the stream, or as an answer that is told to be a success. */
    ProviderException inStream(JsonNode error) {
        return new ProviderException(ErrorKinds.of(error), server + " reports: " + words(error));
    }

    /** An answer that is none, though the server says that all went well. */
    ProviderException nonsense(String what) {
        return new ProviderException(Kind.INTERNAL, server + " " + what);
    }

    ProviderException busy() {
        return new ProviderException(Kind.BUSY, "too many requests to " + server + " are on their way");
    }

    private ProviderException refused(Response response) {
        JsonNode error = MissingNode.getInstance();
        String words;
        try {
            String text = response.peekBody(MAX_BODY).string();
            error = Json.MAPPER.readTree(text).path("error");
            words = text.isBlank() ? NO_REASON : error.isMissingNode() ? shortened(text) : words(error);
        } catch (JsonProcessingException e) {
            words = "no reason that could be read";
        } catch (IOException | IllegalStateException e) {
            words = NO_REASON;
        }
        return new ProviderException(
                ErrorKinds.of(response.code(), error),
                server + " answered " + response.code() + ": " + words,
                null,
                RetryAfter.of(response.header("Retry-After"), Clock.systemUTC()).orElse(null));
    }

    /** OpenAI's error is an object with a message, whisper.cpp's a plain text. */
    private String words(JsonNode error) {
        return shortened(
                error.isTextual() ? error.asText() : error.path("message").asText(NO_REASON));
    }

    /** Whoever logs a failure logs its causes, and a client's exception may quote what the server sent. */
    private @Nullable Throwable harmless(@Nullable Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (keys.findsKey(String.valueOf(each.getMessage()))) {
                return null;
            }
        }
        return error;
    }

    private String shortened(String text) {
        String line = keys.withoutKeys(text).strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_WORDS ? line : line.substring(0, MAX_WORDS) + "…";
    }
}
