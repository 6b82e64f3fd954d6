package io.patchcord.openai.compatible;

import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * A language model behind {@code POST /v1/chat/completions}, streamed, with tools: OpenAI's own and any compatible server.
 *
 * <p>Thread-safe. Each answer on its way is one HTTP exchange, read by one of OkHttp's threads; an answer that is cancelled
 * closes its exchange, which makes servers stop.
 */
public final class ChatCompletionsEngine implements LlmEngine {

    private static final int MAX_EXCHANGES = 256;

    private final OkHttpClient client;
    private final ChatEndpoint endpoint;

    private ChatCompletionsEngine(Builder builder) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(MAX_EXCHANGES);
        dispatcher.setMaxRequestsPerHost(MAX_EXCHANGES);
        this.client = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectTimeout(builder.connectTimeout)
                .readTimeout(builder.timeout)
                .writeTimeout(builder.timeout)
                .callTimeout(Duration.ZERO)
                .followRedirects(false)
                .retryOnConnectionFailure(true)
                .build();
        this.endpoint = new ChatEndpoint(
                completions(builder.baseUrl),
                Optional.ofNullable(builder.apiKey).filter(key -> !key.isBlank()),
                Map.copyOf(builder.headers),
                builder.model,
                builder.temperature,
                builder.maxTokens,
                builder.maxTokensField);
    }

    /**
     * A client of the server at this address.
     *
     * @param baseUrl with or without {@code /v1} at its end, such as {@code http://127.0.0.1:11434/v1}
     * @param model as the server names it
     * @throws IllegalArgumentException if the address is none
     */
    public static Builder builder(URI baseUrl, String model) {
        return new Builder(baseUrl, model);
    }

    private static HttpUrl completions(URI base) {
        HttpUrl url = HttpUrl.get(base);
        if (url == null) {
            throw new IllegalArgumentException(
                    base + " is no http address; write one such as http://127.0.0.1:11434/v1");
        }
        HttpUrl.Builder builder = url.newBuilder();
        String path = url.encodedPath().replaceAll("/+$", "");
        return builder.encodedPath((path.endsWith("/v1") ? path : path + "/v1") + "/chat/completions")
                .build();
    }

    @Override
    public String description() {
        return endpoint.model() + " at " + endpoint.url().host();
    }

    @Override
    public LlmSession open(LlmRequest request) {
        return new ChatSession(client, endpoint, request);
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

    /** Address and model are needed; the rest has defaults. Not thread-safe. */
    public static final class Builder {

        private final URI baseUrl;
        private final String model;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private @Nullable String apiKey;
        private OptionalDouble temperature = OptionalDouble.empty();
        private int maxTokens;
        private String maxTokensField = "max_tokens";
        private Duration connectTimeout = Duration.ofSeconds(3);
        private Duration timeout = Duration.ofSeconds(20);

        private Builder(URI baseUrl, String model) {
            this.baseUrl = baseUrl;
            this.model = model;
        }

        /** Sent as a bearer token; no header is sent without one. */
        public Builder apiKey(@Nullable String key) {
            apiKey = key;
            return this;
        }

        /** One more header for each request. */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Unless set, the server's own. */
        public Builder temperature(double value) {
            temperature = OptionalDouble.of(value);
            return this;
        }

        /**
         * A limit for the length of an answer; none unless set.
         *
         * @param field {@code max_tokens}, which most servers know, or {@code max_completion_tokens}, which OpenAI wants
         */
        public Builder maxTokens(int tokens, String field) {
            maxTokens = tokens;
            maxTokensField = field;
            return this;
        }

        /** How long connecting may take; 3 s unless set. */
        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        /** How long the first piece of an answer, and each one after it, may take; 20 s unless set. */
        public Builder timeout(Duration value) {
            timeout = value;
            return this;
        }

        public ChatCompletionsEngine build() {
            return new ChatCompletionsEngine(this);
        }
    }
}
