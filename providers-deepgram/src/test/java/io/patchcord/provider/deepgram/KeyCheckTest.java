package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.provider.deepgram.agent.DeepgramAgentProvider;
import io.patchcord.provider.deepgram.testing.NothingLeft;
import io.patchcord.provider.socket.testing.FakeSocketServer;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCheckTest {

    @RegisterExtension
    final NothingLeft left = new NothingLeft(Ears.KEY);

    private final FakeSocketServer server = FakeSocketServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403, 404})
    void answerThatTakesTheKey(int status) throws Exception {
        server.answer(HandshakeAnswer.refuse(status, Map.of(), "{\"projects\":[]}"));

        ears().get(10, TimeUnit.SECONDS);
        voice().get(10, TimeUnit.SECONDS);

        assertThat(server.connections())
                .hasSize(2)
                .allSatisfy(asked -> assertThat(asked.path()).isEqualTo("/v1/projects"))
                .allSatisfy(asked -> assertThat(asked.headers()).containsEntry("authorization", "Token secret-key"));
    }

    @ParameterizedTest
    @CsvSource({"401, UNAUTHORIZED", "429, RATE_LIMITED", "500, UNAVAILABLE"})
    void answerThatDoesNot(int status, Kind kind) {
        server.answer(HandshakeAnswer.refuse(status, Map.of(), "secret-key"));

        assertThat(ears())
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .satisfies(error -> {
                    assertThat(((ProviderException) error).kind()).isEqualTo(kind);
                    assertThat(error).hasMessageNotContaining("secret-key");
                    assertThat(error.getMessage().contains("DEEPGRAM_API_KEY")).isEqualTo(kind == Kind.UNAUTHORIZED);
                });
    }

    /** The Voice Agent's is the handshake of a call. An account without credit, or a model that it may not use, is no bad key. */
    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED, true",
        "402, UNAUTHORIZED, false",
        "403, UNAUTHORIZED, false",
        "404, CONFIGURATION, false",
        "429, RATE_LIMITED, false",
        "503, UNAVAILABLE, false"
    })
    void handshakeThatIsRefused(int status, Kind kind, boolean blamesTheKey) {
        server.answer(HandshakeAnswer.refuse(status, Map.of("Retry-After", "7"), "{\"err_msg\":\"no, secret-key\"}"));

        assertThat(agent())
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .satisfies(error -> {
                    assertThat(((ProviderException) error).kind()).isEqualTo(kind);
                    assertThat(error).hasMessageEndingWith("Deepgram answered " + status + ": no, (key)");
                    assertThat(error.getMessage().contains("DEEPGRAM_API_KEY")).isEqualTo(blamesTheKey);
                });
    }

    @Test
    void nobodyThere_tellsNothingAboutTheKey() {
        server.close();

        assertThat(ears())
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .satisfies(
                        error -> assertThat(((ProviderException) error).kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    private CompletableFuture<Void> ears() {
        try (StreamingSttEngine engine = Ears.engine(server, "nova-3")) {
            return engine.check();
        }
    }

    private CompletableFuture<Void> agent() {
        try (S2sEngine engine = new DeepgramAgentProvider()
                .create(ProviderConfig.of(Map.of(
                        "DEEPGRAM_API_KEY", Ears.KEY, "DEEPGRAM_AGENT_URL", "ws://127.0.0.1:" + server.port())))) {
            CompletableFuture<Void> check = engine.check();
            check.handle((taken, error) -> true).orTimeout(10, TimeUnit.SECONDS).join();
            return check;
        }
    }

    private CompletableFuture<Void> voice() {
        try (TtsEngine engine = new DeepgramTtsProvider()
                .create(ProviderConfig.of(Map.of(
                        "DEEPGRAM_API_KEY", Ears.KEY, "DEEPGRAM_BASE_URL", "http://127.0.0.1:" + server.port())))) {
            return engine.check();
        }
    }
}
