package io.patchcord.openai.compatible;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.SegmentSttEngine;
import io.patchcord.agent.spi.Transcript;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Request;

/**
 * A recogniser behind {@code POST /v1/audio/transcriptions}, one request for each stretch of speech: OpenAI's own and any
 * compatible server (Speaches, LocalAI, vLLM; whisper.cpp with {@code --inference-path /v1/audio/transcriptions}).
 *
 * <p>Thread-safe. Results come on one of OkHttp's threads; a result that nobody wants any more closes its exchange.
 */
public final class TranscriptionEngine implements SegmentSttEngine {

    private final HttpServer server;
    private final TranscriptionRequests requests;

    private TranscriptionEngine(Builder builder) {
        this.server = new HttpServer(builder, "the recogniser's server", builder.timeout());
        this.requests = new TranscriptionRequests(builder.model, builder.language, builder.prompt, builder.temperature);
    }

    /**
     * A client of the server at this address.
     *
     * @param baseUrl with or without {@code /v1} at its end, such as {@code http://127.0.0.1:8000/v1}
     * @param model as the server names it
     */
    public static Builder builder(URI baseUrl, String model) {
        return new Builder(baseUrl, model);
    }

    @Override
    public String description() {
        return requests.model() + " at " + server.host();
    }

    /** Asks for the list of models. */
    @Override
    public CompletableFuture<Void> check() {
        return server.check();
    }

    /** 16 kHz, the one rate that every server takes. */
    @Override
    public AudioFormat inputFormat() {
        return TranscriptionRequests.FORMAT;
    }

    @Override
    public CompletableFuture<Transcript> transcribe(AudioFrame segment) {
        if (!segment.format().equals(TranscriptionRequests.FORMAT)) {
            throw new IllegalArgumentException(segment + " is not " + TranscriptionRequests.FORMAT);
        }
        if (WhisperWords.isSilent(segment)) {
            return CompletableFuture.completedFuture(Transcript.EMPTY);
        }
        Request request = server.request("/audio/transcriptions")
                .post(requests.body(segment))
                .build();
        Optional<Call> call = server.newCall(request);
        if (call.isEmpty()) {
            return CompletableFuture.failedFuture(server.errors().busy());
        }
        TranscriptionExchange exchange = new TranscriptionExchange(server.errors());
        call.get().enqueue(exchange);
        exchange.result().whenComplete((transcript, error) -> {
            if (exchange.result().isCancelled()) {
                call.get().cancel();
            }
        });
        return exchange.result();
    }

    @Override
    public void close() {
        server.close();
    }

    /**
     * Address and model are needed; the rest has defaults, of which the {@link #timeout}, here for all of a segment, is 10 s.
     * Not thread-safe.
     */
    public static final class Builder extends ServerOptions<Builder> {

        private final String model;
        private Optional<String> language = Optional.empty();
        private Optional<String> prompt = Optional.empty();
        private OptionalDouble temperature = OptionalDouble.empty();

        private Builder(URI baseUrl, String model) {
            super(baseUrl, Duration.ofSeconds(10));
            this.model = model;
        }

        @Override
        Builder self() {
            return this;
        }

        /** As an ISO 639-1 code, such as {@code en}; found out by the server unless set. */
        public Builder language(String code) {
            language = Optional.of(code);
            return this;
        }

        /** Words and names that may come, or a text in the style that is wanted; not sent unless set. */
        public Builder prompt(String text) {
            prompt = Optional.of(text);
            return this;
        }

        /** Not sent unless set. */
        public Builder temperature(double value) {
            temperature = OptionalDouble.of(value);
            return this;
        }

        /**
         * The client of the recogniser.
         *
         * @throws IllegalArgumentException if the address is none
         */
        public TranscriptionEngine build() {
            return new TranscriptionEngine(this);
        }
    }
}
