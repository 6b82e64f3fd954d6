package io.patchcord.provider.deepgram;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.provider.socket.ProviderSocket;
import io.patchcord.provider.socket.SocketEnd;
import io.patchcord.provider.socket.SocketListener;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether Deepgram takes the key, by something that costs nothing: a request, or the handshake of a WebSocket on which
 * nothing is said. What is found completes a future, with a {@link ProviderException} if the key is not taken or it could not be
 * found out. Thread-safe.
 */
public final class KeyCheck {

    private static final int NOT_TAKEN = 401;

    private KeyCheck() {}

    /**
     * Asks for the list of the key's projects. Any answer but 401 takes the key: one of a small role may not see projects (403),
     * and a gateway may not know them (404). Begins to ask, on a thread that ends with the answer. Source: "List Projects" of
     * Deepgram's API reference.
     */
    static CompletableFuture<Void> byRequest(DeepgramAccount account) {
        OkHttpClient client = new OkHttpClient.Builder()
                .callTimeout(account.timeout())
                .followRedirects(false)
                .build();
        Request request = new Request.Builder()
                .url(account.product("v1/projects").build())
                .header("Authorization", account.authorization())
                .build();
        ExchangeErrors errors = new ExchangeErrors(new DeepgramErrors(account));
        CompletableFuture<Void> result = new CompletableFuture<>();
        client.newCall(request).enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                try (response) {
                    int status = response.code();
                    if (status == NOT_TAKEN || status == 429 || status >= 500) {
                        result.completeExceptionally(verdict(status, errors.refused(response)));
                    } else {
                        result.complete(null);
                    }
                }
            }

            @Override
            public void onFailure(Call call, IOException e) {
                result.completeExceptionally(ExchangeErrors.broken(e));
            }
        });
        return result.whenComplete((taken, error) -> {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        });
    }

    /**
     * Opens a WebSocket as calls will, and closes it.
     *
     * @param connect begins to open it, for this listener, and returns it
     * @param errors of the product
     */
    public static CompletableFuture<Void> byHandshake(
            Function<SocketListener, ProviderSocket> connect, DeepgramErrors errors) {
        Handshake handshake = new Handshake(errors);
        handshake.socket.set(connect.apply(handshake));
        handshake.closeIfDone();
        return handshake.result;
    }

    private static ProviderException verdict(int status, ProviderException refusal) {
        return status == NOT_TAKEN
                ? new ProviderException(
                        Kind.UNAUTHORIZED,
                        "DEEPGRAM_API_KEY is not taken, copy it again from Deepgram's console: " + refusal.getMessage())
                : refusal;
    }

    /** Used once; lives on the thread of its socket. */
    private static final class Handshake implements SocketListener {

        private final DeepgramErrors errors;
        private final CompletableFuture<Void> result = new CompletableFuture<>();
        private final AtomicReference<@Nullable ProviderSocket> socket = new AtomicReference<>();

        Handshake(DeepgramErrors errors) {
            this.errors = errors;
        }

        @Override
        public void opened(Map<String, String> responseHeaders) {
            result.complete(null);
            closeIfDone();
        }

        @Override
        public void text(String message) {}

        @Override
        public void binary(byte[] message) {}

        @Override
        public void closed(SocketEnd end) {
            int status = end instanceof SocketEnd.Refused refused ? refused.status() : 0;
            result.completeExceptionally(verdict(status, errors.ended(end, null)));
        }

        /** The answer may come before the socket is known here. */
        private void closeIfDone() {
            ProviderSocket opened = result.isDone() ? socket.getAndSet(null) : null;
            if (opened != null) {
                opened.close(1000, "");
            }
        }
    }
}
