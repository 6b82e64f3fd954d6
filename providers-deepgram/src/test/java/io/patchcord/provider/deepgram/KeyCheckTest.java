package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.provider.socket.testing.FakeSocketServer;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCheckTest {

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

    private CompletableFuture<Void> voice() {
        try (TtsEngine engine = new DeepgramTtsProvider()
                .create(ProviderConfig.of(Map.of(
                        "DEEPGRAM_API_KEY", Ears.KEY, "DEEPGRAM_BASE_URL", "http://127.0.0.1:" + server.port())))) {
            return engine.check();
        }
    }
}
