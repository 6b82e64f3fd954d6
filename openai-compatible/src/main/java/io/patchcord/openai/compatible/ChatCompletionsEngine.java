package io.patchcord.openai.compatible;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;

/**
 * A language model behind {@code POST /v1/chat/completions}, streamed, with tools: OpenAI's own and any compatible server.
 *
 * <p>Thread-safe. Each answer on its way is one HTTP exchange, read by one of OkHttp's threads; an answer that is cancelled
 * closes its exchange, which makes servers stop.
 */
public final class ChatCompletionsEngine implements LlmEngine {

    private final HttpServer server;
    private final ChatModel model;
    private final Optional<WarmUp> warmUp;

    private ChatCompletionsEngine(Builder builder) {
        this.server = new HttpServer(builder, "the model's server", Duration.ZERO);
        this.model = new ChatModel(
                builder.model,
                builder.temperature,
                builder.reasoningEffort,
                builder.maxTokens,
                builder.maxTokensField,
                builder.moreFields);
        this.warmUp = builder.warmUp ? Optional.of(new WarmUp(server, model)) : Optional.empty();
        warmUp.ifPresent(each -> each.before("", Json.MAPPER.createArrayNode()));
    }

    /**
     * A client of the server at this address.
     *
     * @param baseUrl with or without {@code /v1} at its end, such as {@code http://127.0.0.1:11434/v1}
     * @param model as the server names it
     */
    public static Builder builder(URI baseUrl, String model) {
        return new Builder(baseUrl, model);
    }

    @Override
    public String description() {
        return model.name() + " at " + server.host();
    }

    /** Asks for the list of models. */
    @Override
    public CompletableFuture<Void> check() {
        return server.check();
    }

    @Override
    public LlmSession open(LlmRequest request) {
        return new ChatSession(server, model, warmUp, request);
    }

    @Override
    public void close() {
        server.close();
    }

    /** Address and model are needed; the rest has defaults, of which the {@link #timeout} is 20 s. Not thread-safe. */
    public static final class Builder extends ServerOptions<Builder> {

        private final String model;
        private OptionalDouble temperature = OptionalDouble.empty();
        private Optional<String> reasoningEffort = Optional.empty();
        private int maxTokens;
        private String maxTokensField = "max_tokens";
        private ObjectNode moreFields = Json.MAPPER.createObjectNode();
        private boolean warmUp;

        private Builder(URI baseUrl, String model) {
            super(baseUrl, Duration.ofSeconds(20));
            this.model = model;
        }

        @Override
        Builder self() {
            return this;
        }

        /** Unless set, the server's own. */
        public Builder temperature(double value) {
            temperature = OptionalDouble.of(value);
            return this;
        }

        /**
         * How long a model that reasons may think before it answers: {@code none}, {@code minimal}, {@code low}, {@code medium},
         * {@code high}, {@code xhigh} or {@code max} by OpenAI's specification, of which a model may know some; not sent unless
         * set.
         */
        public Builder reasoningEffort(String effort) {
            reasoningEffort = Optional.of(effort);
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

        /**
         * Fields of the request's body that only this server or model knows, such as
         * {@code {"chat_template_kwargs":{"enable_thinking":false}}} for llama.cpp and vLLM; none unless set.
         *
         * @param json an object
         * @throws IllegalArgumentException if it is none, or holds what is sent anyway
         */
        public Builder moreFields(String json) {
            moreFields = Json.objectOf(json);
            for (String ours : List.of("model", "messages", "stream", "tools")) {
                if (moreFields.has(ours)) {
                    throw new IllegalArgumentException("it must not hold " + ours + ", which is sent anyway");
                }
            }
            return this;
        }

        /**
         * Asks for one token when the engine is made, and again as calls begin, once a minute at most, so that a server of
         * one's own has loaded the model, and read the instructions, before the caller has spoken. Not done unless set, since
         * it may cost money elsewhere.
         */
        public Builder warmUp(boolean wanted) {
            warmUp = wanted;
            return this;
        }

        /**
         * The client of the model.
         *
         * @throws IllegalArgumentException if the address is none
         */
        public ChatCompletionsEngine build() {
            return new ChatCompletionsEngine(this);
        }
    }
}
