package io.patchcord.openai.compatible;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The server of an engine: where it is, as whom it is asked, and the client that asks. Thread-safe; its text shows no key. */
final class HttpServer implements AutoCloseable {

    /** By these words OpenAI refuses the list of models to a restricted key that may still do all else. */
    private static final String MISSING_SCOPE = "Missing scopes";

    private static final int MAX_EXCHANGES = 256;

    private static final Set<String> SECRET_HEADERS = Set.of("authorization", "x-api-key", "api-key");

    private final HttpUrl base;
    private final Optional<String> key;
    private final String keyName;
    private final Map<String, String> headers;
    private final ServerErrors errors;
    private final OkHttpClient client;

    /**
     * @param words what it is called in messages
     * @param whole a limit for a whole exchange; none if it is zero
     * @throws IllegalArgumentException if the address is none
     */
    HttpServer(ServerOptions<?> options, String words, Duration whole) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(MAX_EXCHANGES);
        dispatcher.setMaxRequestsPerHost(MAX_EXCHANGES);
        this.base = base(options.baseUrl());
        this.key = options.key();
        this.keyName = options.keyName();
        this.headers = Map.copyOf(options.headers());
        this.errors = new ServerErrors(words, new KeyFilter(secrets()));
        this.client = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectTimeout(options.connectTimeout())
                .readTimeout(options.timeout())
                .writeTimeout(options.timeout())
                .callTimeout(whole)
                // A redirect would take the caller's words, and perhaps the key, to a place that nobody configured.
                .followRedirects(false)
                .retryOnConnectionFailure(true)
                .build();
    }

    private static HttpUrl base(URI base) {
        HttpUrl url = HttpUrl.get(base);
        if (url == null) {
            throw new IllegalArgumentException(
                    base + " is no http address; write one such as http://127.0.0.1:11434/v1");
        }
        String path = url.encodedPath().replaceAll("/+$", "");
        return url.newBuilder()
                .encodedPath(path.endsWith("/v1") ? path : path + "/v1")
                .query(null)
                .fragment(null)
                .build();
    }

    /** The key, whichever way it was given. */
    private List<String> secrets() {
        List<String> secrets = new ArrayList<>(key.stream().toList());
        headers.forEach((name, value) -> {
            if (SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                secrets.add(value.replaceFirst("^Bearer +", ""));
            }
        });
        secrets.removeIf(String::isBlank);
        return secrets;
    }

    OkHttpClient client() {
        return client;
    }

    ServerErrors errors() {
        return errors;
    }

    String host() {
        return base.host();
    }

    /** A request to what comes after {@code /v1}, with the key. */
    Request.Builder request(String path) {
        Request.Builder request = new Request.Builder()
                .url(base.newBuilder().encodedPath(base.encodedPath() + path).build());
        headers.forEach(request::header);
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    /** A call that is not yet on its way; empty if there are too many already. */
    Optional<Call> newCall(Request request) {
        Dispatcher dispatcher = client.dispatcher();
        return dispatcher.runningCallsCount() + dispatcher.queuedCallsCount() < MAX_EXCHANGES
                ? Optional.of(client.newCall(request))
                : Optional.empty();
    }

    /**
     * Asks for the list of models, to see whether the key is taken. A server without such a list has nothing against it; nor
     * has one that is asked without a key, or with one that may do everything but this.
     */
    CompletableFuture<Void> check() {
        CompletableFuture<Void> checked = new CompletableFuture<>();
        client.newCall(request("/models").get().build()).enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                try (response) {
                    if (response.isSuccessful() || response.code() == 404 || response.code() == 405) {
                        checked.complete(null);
                        return;
                    }
                    ProviderException refusal = errors.of(null, response);
                    if (String.valueOf(refusal.getMessage()).contains(MISSING_SCOPE)) {
                        checked.complete(null);
                    } else {
                        checked.completeExceptionally(named(refusal));
                    }
                }
            }

            @Override
            public void onFailure(Call call, IOException error) {
                checked.completeExceptionally(errors.of(error, null));
            }
        });
        return checked;
    }

    private ProviderException named(ProviderException refusal) {
        return refusal.kind() == Kind.UNAUTHORIZED && !keyName.isEmpty()
                ? new ProviderException(Kind.UNAUTHORIZED, keyName + " is not taken: " + refusal.getMessage())
                : refusal;
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
        try {
            client.dispatcher().executorService().awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "HttpServer[" + base + "]";
    }
}
