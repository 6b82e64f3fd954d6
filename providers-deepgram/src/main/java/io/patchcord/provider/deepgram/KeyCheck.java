package io.patchcord.provider.deepgram;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Asks Deepgram for the list of the key's projects, which costs nothing. Any answer but 401 takes the key: one of a small role
 * may not see projects (403), and a gateway may not know them (404). Source: "List Projects" of Deepgram's API reference.
 */
final class KeyCheck {

    private KeyCheck() {}

    /** Begins to ask, on a thread that ends with the answer. */
    static CompletableFuture<Void> of(DeepgramAccount account) {
        OkHttpClient client = new OkHttpClient.Builder()
                .callTimeout(account.timeout())
                .followRedirects(false)
                .build();
        Request request = new Request.Builder()
                .url(account.product("v1/projects").build())
                .header("Authorization", account.authorization())
                .build();
        CompletableFuture<Void> result = new CompletableFuture<>();
        client.newCall(request).enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                response.close();
                if (response.code() == 401) {
                    result.completeExceptionally(
                            new ProviderException(
                                    Kind.UNAUTHORIZED,
                                    "Deepgram does not take the key of DEEPGRAM_API_KEY: copy it again from Deepgram's console"));
                } else if (response.code() == 429 || response.code() >= 500) {
                    result.completeExceptionally(new ProviderException(
                            Kind.UNAVAILABLE,
                            "Deepgram answered " + response.code() + " when it was asked about the key"));
                } else {
                    result.complete(null);
                }
            }

            @Override
            public void onFailure(Call call, IOException e) {
                result.completeExceptionally(SpeakErrors.broken(e));
            }
        });
        return result.whenComplete((taken, error) -> {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        });
    }
}
