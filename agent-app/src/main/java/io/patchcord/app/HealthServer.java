package io.patchcord.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Answers {@code /live} (the process runs), {@code /ready} (it takes calls: 200 or 503) and {@code /health} (the same, and
 * why) in JSON. Thread-safe; two threads of its own answer, so that a slow client cannot hold up a call.
 */
final class HealthServer implements AutoCloseable {

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService threads;
    private final Supplier<HealthStatus> status;

    /**
     * Begins to answer.
     *
     * @throws IOException if the address cannot be listened on
     */
    HealthServer(InetSocketAddress address, Supplier<HealthStatus> status) throws IOException {
        this.status = status;
        this.server = HttpServer.create(address, 16);
        this.threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "health");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where it listens; with the real port if any was asked for. */
    InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, Map.of("error", "only GET and HEAD are answered"));
                return;
            }
            HealthStatus now = status.get();
            int code = now.isReady() ? 200 : 503;
            switch (exchange.getRequestURI().getPath()) {
                case "/live" -> send(exchange, 200, Map.of("status", "live"));
                case "/ready" -> send(exchange, code, Map.of("status", word(now)));
                case "/health" -> send(exchange, code, all(now));
                default -> send(exchange, 404, Map.of("error", "ask for /health, /live or /ready"));
            }
        }
    }

    private static Map<String, Object> all(HealthStatus status) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("status", word(status));
        members.putAll(status.details());
        return members;
    }

    private static String word(HealthStatus status) {
        return status.state().name().toLowerCase(Locale.ROOT);
    }

    private void send(HttpExchange exchange, int code, Map<String, Object> members) throws IOException {
        byte[] body = (json.writeValueAsString(members) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(code, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Stops at once; a request that is being answered is cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
