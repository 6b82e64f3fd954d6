package io.patchcord.ari.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Credentials;

/** Turns HTTP into operations: who asks, what a rule says about it, and else what the PBX does. */
final class FakeDispatcher extends Dispatcher {

    private final FakeRules rules;
    private final FakeSockets sockets;
    private final FakeOperations operations;
    private final Consumer<FakeRequest> recorder;

    FakeDispatcher(FakeRules rules, FakeSockets sockets, FakeOperations operations, Consumer<FakeRequest> recorder) {
        this.rules = rules;
        this.sockets = sockets;
        this.operations = operations;
        this.recorder = recorder;
    }

    @Override
    public MockResponse dispatch(RecordedRequest http) {
        if (!http.getUrl().pathSegments().contains("ari")) {
            return new MockResponse.Builder()
                    .code(404)
                    .addHeader("Content-type", "text/html")
                    .body("<html><body><h1>Not Found</h1></body></html>")
                    .build();
        }
        FakeRequest request = FakeRequest.of(http);
        boolean events = request.path().equals("/events");
        if (!events) {
            recorder.accept(request);
        }
        Optional<FakeReply> refusal = unauthorized(http).or(() -> rules.replyFor(request));
        if (refusal.isPresent()) {
            return toHttp(refusal.get());
        }
        return events ? upgrade(request) : toHttp(operations.perform(request));
    }

    private static Optional<FakeReply> unauthorized(RecordedRequest http) {
        String given = http.getHeaders().get("Authorization");
        if (basic("agent").equals(given)) {
            return Optional.empty();
        }
        if (basic("observer").equals(given)) {
            return http.getMethod().equals("GET")
                    ? Optional.empty()
                    : Optional.of(FakeReply.refusal(403, "Write access denied"));
        }
        return Optional.of(FakeReply.refusal(401, "Authentication required"));
    }

    private static String basic(String user) {
        return Credentials.basic(user, user, StandardCharsets.UTF_8);
    }

    private MockResponse upgrade(FakeRequest request) {
        String applications = request.parameter("app");
        if (applications.isEmpty()) {
            return toHttp(FakeReply.refusal(400, "HTTP request is missing param: [app]"));
        }
        return new MockResponse.Builder()
                .webSocketUpgrade(sockets.listener(List.of(applications.split(",", -1))))
                .build();
    }

    private static MockResponse toHttp(FakeReply reply) {
        MockResponse.Builder http = new MockResponse.Builder();
        if (reply.equals(FakeRules.BREAK)) {
            return http.onResponseStart(new SocketEffect.CloseSocket()).build();
        }
        if (reply.equals(FakeRules.STALL)) {
            return http.onResponseStart(SocketEffect.Stall.INSTANCE).build();
        }
        http.code(reply.status());
        if (!reply.body().isEmpty()) {
            http.addHeader("Content-type", "application/json").body(reply.body());
        }
        return http.build();
    }
}
