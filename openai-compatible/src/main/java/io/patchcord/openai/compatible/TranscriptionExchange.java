package io.patchcord.openai.compatible;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.Transcript;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/** Reads the words of one segment, on a thread of OkHttp's. */
final class TranscriptionExchange implements Callback {

    private static final long MAX_BODY = 1_000_000;

    private final ServerErrors errors;
    private final CompletableFuture<Transcript> result = new CompletableFuture<>();

    TranscriptionExchange(ServerErrors errors) {
        this.errors = errors;
    }

    CompletableFuture<Transcript> result() {
        return result;
    }

    @Override
    public void onResponse(Call call, Response response) {
        try (response) {
            if (response.isSuccessful()) {
                result.complete(transcript(response.peekBody(MAX_BODY).string()));
            } else {
                result.completeExceptionally(errors.of(null, response));
            }
        } catch (IOException | ProviderException e) {
            result.completeExceptionally(errors.of(e, null));
        }
    }

    @Override
    public void onFailure(Call call, IOException e) {
        result.completeExceptionally(errors.of(e, null));
    }

    /** The content type says nothing: whisper.cpp calls its JSON {@code text/html}. */
    private Transcript transcript(String body) {
        try {
            JsonNode answer = Json.MAPPER.readTree(body);
            if (answer.path("text").isTextual()) {
                return new Transcript(WhisperWords.of(answer.path("text").asText()));
            }
            if (answer.hasNonNull("error")) {
                throw errors.inStream(answer.get("error"));
            }
        } catch (JsonProcessingException e) {
            // Told below, as for JSON that is something else.
        }
        throw errors.nonsense("answered without a text; is the address right?");
    }
}
