package io.patchcord.app.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Chat completions on 127.0.0.1: knows the opening hours, and puts callers through to 7001. */
final class FakeModel implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private volatile boolean breaksOff;

    FakeModel() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/chat/completions", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** What callers said, as it came here. */
    List<String> questions() {
        return questions;
    }

    /** From now on each answer ends in the middle of its sentence. */
    void breaksOff() {
        breaksOff = true;
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        JsonNode messages = body.path("messages");
        boolean warmUp = body.path("max_tokens").asInt() == 1;
        JsonNode last = messages.path(messages.size() - 1);
        String said = last.path("content").asText();
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            if (last.path("role").asText().equals("user") && !warmUp) {
                questions.add(said);
            }
            if (said.contains("person")) {
                word(out, FakeService.PUT_THROUGH);
                delta(out, Map.of("tool_calls", List.of(transfer())));
            } else {
                for (String word : FakeService.HOURS.split("(?= )", -1)) {
                    word(out, word);
                    if (breaksOff && word.contains("from")) {
                        return;
                    }
                }
            }
            write(out, "[DONE]");
        }
    }

    private static Map<String, Object> transfer() {
        return Map.of(
                "index",
                0,
                "id",
                "call_1",
                "type",
                "function",
                "function",
                Map.of("name", "transfer", "arguments", "{\"destination\":\"7001\"}"));
    }

    private static void word(OutputStream out, String text) throws IOException {
        delta(out, Map.of("content", text));
    }

    private static void delta(OutputStream out, Map<String, Object> delta) throws IOException {
        write(out, JSON.writeValueAsString(Map.of("choices", List.of(Map.of("index", 0, "delta", delta)))));
    }

    private static void write(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
