package io.patchcord.provider.openai;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Asks once whether the key is taken, and whether the model is there: {@code GET /v1/models/{model}}, which costs nothing. */
final class OpenAiCheck {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** A restricted key may hold conversations, and not look at the list of models; OpenAI tells that by these words, with 401 or 403. */
    private static final String MISSING_SCOPE = "Missing scopes";

    private OpenAiCheck() {}

    /**
     * Asks, and returns at once.
     *
     * @param modelSetting where the model's name comes from
     * @return fails with a {@link ProviderException}: of kind UNAUTHORIZED for a key that is refused, CONFIGURATION for a
     *     model that OpenAI does not have, and another one if nothing can be said. A server that does not know the
     *     request, as many compatible ones, is not taken for one that refuses it
     */
    static CompletableFuture<Void> of(OpenAiAccount account, String model, String modelSetting) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build();
        URI address = URI.create(account.baseUrl() + "/models/" + URLEncoder.encode(model, StandardCharsets.UTF_8));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(LIMIT).GET();
        account.headers().forEach(request::header);
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .handle((response, error) -> judge(account, modelSetting, response, error));
    }

    private static @Nullable Void judge(
            OpenAiAccount account, String setting, @Nullable HttpResponse<String> response, @Nullable Throwable error) {
        if (response == null) {
            throw unreachable(account, error);
        }
        ServerError told = Json.parse(response.body())
                .map(body -> ServerError.of(body.path("error"), account::withoutKey))
                .orElse(ServerError.NONE);
        String words = told.words();
        int status = response.statusCode();
        boolean refused = status == 401 || status == 403;
        if (refused && words.contains(MISSING_SCOPE)) {
            return null;
        }
        if (refused) {
            throw failure(
                    Kind.UNAUTHORIZED, "OpenAI does not take " + OpenAiAccount.API_KEY + ": " + status + ", " + words);
        }
        if (status == 404 && told.code().equals("model_not_found")) {
            throw failure(Kind.CONFIGURATION, setting + ": " + words);
        }
        if (status == 429) {
            throw failure(Kind.RATE_LIMITED, "OpenAI answered 429: " + words);
        }
        if (status >= 500) {
            throw failure(Kind.UNAVAILABLE, "OpenAI answered " + status + ": " + words);
        }
        return null;
    }

    private static CompletionException unreachable(OpenAiAccount account, @Nullable Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        return cause instanceof HttpTimeoutException
                ? failure(Kind.TIMEOUT, "OpenAI took too long to answer")
                : failure(Kind.UNAVAILABLE, "OpenAI cannot be reached: " + reason(account.baseUrl(), cause));
    }

    /** The client's exceptions say little of where they come from. */
    private static String reason(URI base, @Nullable Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof UnresolvedAddressException) {
                return "the name " + base.getHost() + " is not known";
            }
        }
        if (cause instanceof ConnectException) {
            return "nobody answers at " + base.getAuthority();
        }
        return cause == null ? "no reason known" : String.valueOf(cause.getMessage());
    }

    private static CompletionException failure(Kind kind, String message) {
        return new CompletionException(new ProviderException(kind, message));
    }
}
