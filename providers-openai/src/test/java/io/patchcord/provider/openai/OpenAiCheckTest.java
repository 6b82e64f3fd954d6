package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiCheckTest {

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String body = "{\"id\":\"gpt-realtime-2.1\",\"object\":\"model\"}";

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private ProviderException check() {
        String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
        try (S2sEngine engine = new OpenAiS2sProvider()
                .create(ProviderConfig.of(Map.of("OPENAI_API_KEY", RealtimeCall.KEY, "OPENAI_BASE_URL", base)))) {
            Throwable failure = catchThrowable(() -> engine.check().get(10, TimeUnit.SECONDS));
            return failure == null ? null : ProviderException.of(failure);
        }
    }

    @Test
    void goodKey_isTaken_withOneCheapRequest() {
        assertThat(check()).isNull();
        assertThat(requests).containsExactly("GET /v1/models/gpt-realtime-2.1 Bearer " + RealtimeCall.KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "401,invalid_api_key,UNAUTHORIZED,OPENAI_API_KEY",
        "403,,UNAUTHORIZED,OPENAI_API_KEY",
        "404,model_not_found,CONFIGURATION,OPENAI_REALTIME_MODEL",
        "429,rate_limit_exceeded,RATE_LIMITED,429",
        "503,,UNAVAILABLE,503"
    })
    void whatIsWrong_isTold_withoutTheKey(int answer, String code, Kind kind, String named) {
        status = answer;
        body = "{\"error\":{\"message\":\"About " + RealtimeCall.KEY + ".\",\"code\":"
                + (code == null ? "null" : "\"" + code + "\"") + "}}";

        ProviderException failure = check();

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.getMessage()).contains(named, "About (key)").doesNotContain(RealtimeCall.KEY);
    }

    @ParameterizedTest
    @CsvSource({"404,", "405,", "200,<html>"})
    void serverThatKnowsNoModels_isNotTakenForOneThatRefuses(int answer, String text) {
        status = answer;
        body = text == null ? "" : text;

        assertThat(check()).isNull();
    }

    @Test
    void serverThatIsNotThere_saysNothingAboutTheKey() {
        server.stop(0);

        assertThat(check().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(check()).hasMessageContaining("nobody answers at 127.0.0.1:");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void restrictedKey_thatMayNotSeeModels_isTaken(int answer) {
        status = answer;
        body = "{\"error\":{\"message\":\"You have insufficient permissions for this operation. Missing scopes:"
                + " api.model.read.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}";

        assertThat(check()).isNull();
    }
}
