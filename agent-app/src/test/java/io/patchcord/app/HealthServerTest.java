package io.patchcord.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchcord.app.HealthStatus.State;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HealthServerTest {

    private volatile HealthStatus status = new HealthStatus(State.UP, Map.of("activeCalls", 3));
    private HealthServer server;

    @BeforeEach
    void start() throws IOException {
        server = new HealthServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), () -> status);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void health_tellsTheStateAndWhatBelongsToIt() throws Exception {
        HttpResponse<String> response = get("/health");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode body = new ObjectMapper().readTree(response.body());
        assertThat(body.get("status").asText()).isEqualTo("up");
        assertThat(body.get("activeCalls").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(value = State.class, names = "UP", mode = EnumSource.Mode.EXCLUDE)
    void agentThatCannotTakeCalls_isAliveButNotReady(State state) throws Exception {
        status = new HealthStatus(state, Map.of());

        assertThat(get("/live").statusCode()).isEqualTo(200);
        assertThat(get("/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health").statusCode()).isEqualTo(503);
    }

    @Test
    void otherPathsAndMethods_areRefused() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(send("/health", "DELETE").statusCode()).isEqualTo(405);
        assertThat(send("/health", "HEAD").statusCode()).isEqualTo(200);
        assertThat(send("/health", "HEAD").body()).isEmpty();
    }

    @Test
    void portInUse_isAnError() {
        assertThatThrownBy(() -> new HealthServer(server.address(), () -> status))
                .isInstanceOf(BindException.class);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(path, "GET");
    }

    private HttpResponse<String> send(String path, String method) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
