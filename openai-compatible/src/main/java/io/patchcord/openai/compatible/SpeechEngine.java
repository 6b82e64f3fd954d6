package io.patchcord.openai.compatible;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;

/**
 * A voice behind {@code POST /v1/audio/speech}, heard as it is made: OpenAI's own and any compatible server (Kokoro, Speaches,
 * LocalAI).
 *
 * <p>Thread-safe. Each clause on its way is one HTTP exchange, read by one of OkHttp's threads; one that is cancelled closes
 * its exchange, which makes servers stop.
 */
public final class SpeechEngine implements TtsEngine {

    private final HttpServer server;
    private final SpeechRequests requests;

    private SpeechEngine(Builder builder) {
        this.server = new HttpServer(builder, "the voice's server", Duration.ZERO);
        this.requests = new SpeechRequests(
                builder.model,
                builder.voice,
                builder.instructions,
                builder.speed,
                builder.asksForRate,
                AudioFormat.slin(builder.sampleRateHz));
    }

    /**
     * A client of the server at this address.
     *
     * @param baseUrl with or without {@code /v1} at its end, such as {@code http://127.0.0.1:8880/v1}
     * @param model as the server names it
     * @param voice as the server names it, where a call names none
     */
    public static Builder builder(URI baseUrl, String model, String voice) {
        return new Builder(baseUrl, model, voice);
    }

    @Override
    public String description() {
        return requests.model() + " (" + requests.voice() + ") at " + server.host();
    }

    /** Asks for the list of models. */
    @Override
    public CompletableFuture<Void> check() {
        return server.check();
    }

    /** Linear, 24 kHz unless another rate was asked for. */
    @Override
    public AudioFormat outputFormat() {
        return requests.format();
    }

    @Override
    public TtsSession open(CallLoop loop, Optional<String> voice, TtsListener listener) {
        return new SpeechSession(server, requests.withVoice(voice), loop, listener);
    }

    @Override
    public void close() {
        server.close();
    }

    /** Address, model and voice are needed; the rest has defaults, of which the {@link #timeout} is 10 s. Not thread-safe. */
    public static final class Builder extends ServerOptions<Builder> {

        /** What OpenAI's {@code pcm} is. */
        private static final int USUAL_RATE_HZ = 24_000;

        private final String model;
        private final String voice;
        private Optional<String> instructions = Optional.empty();
        private OptionalDouble speed = OptionalDouble.empty();
        private int sampleRateHz = USUAL_RATE_HZ;
        private boolean asksForRate;

        private Builder(URI baseUrl, String model, String voice) {
            super(baseUrl, Duration.ofSeconds(10));
            this.model = model;
            this.voice = voice;
        }

        @Override
        Builder self() {
            return this;
        }

        /** How it shall speak, in words, for models that understand that; not sent unless set. */
        public Builder instructions(String text) {
            instructions = Optional.of(text);
            return this;
        }

        /** 0.25 to 4; not sent unless set. */
        public Builder speed(double value) {
            speed = OptionalDouble.of(value);
            return this;
        }

        /**
         * The rate of the server's bare samples, if it is not 24 kHz.
         *
         * @param ask whether to ask for it with {@code sample_rate}, which Speaches knows and OpenAI refuses
         */
        public Builder sampleRate(int hz, boolean ask) {
            sampleRateHz = hz;
            asksForRate = ask;
            return this;
        }

        /**
         * The client of the voice.
         *
         * @throws IllegalArgumentException if the address is none
         */
        public SpeechEngine build() {
            return new SpeechEngine(this);
        }
    }
}
