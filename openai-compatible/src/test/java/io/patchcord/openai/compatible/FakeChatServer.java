package io.patchcord.openai.compatible;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.BufferedSink;

/** A chat completion server that answers each request as the test says; unless told otherwise with a short sentence. */
final class FakeChatServer implements AutoCloseable {

    static final String HELLO = """
            data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

            data: {"choices":[{"index":0,"delta":{"content":"We open "}}]}

            data: {"choices":[{"index":0,"delta":{"content":"at nine."}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]

            """;

    private final MockWebServer server = new MockWebServer();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private volatile MockResponse answer = stream(HELLO);

    FakeChatServer() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                bodies.add(request.getBody() == null ? "" : request.getBody().utf8());
                return answer;
            }
        });
        try {
            server.start(InetAddress.getLoopbackAddress(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MockResponse stream(String events) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "text/event-stream")
                .body(events)
                .build();
    }

    static MockResponse slow(String events) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "text/event-stream")
                .body(events)
                .bodyDelay(30, TimeUnit.SECONDS)
                .build();
    }

    /** A few bytes at a time, so that letters of several bytes are cut as well. */
    static MockResponse trickled(String events, int bytes) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "text/event-stream")
                .chunkedBody(events, bytes)
                .throttleBody(bytes, 1, TimeUnit.MILLISECONDS)
                .build();
    }

    /** Begins, and then goes on for ever, once a {@code period}. Completes when nobody reads any more. */
    static MockResponse endless(String event, Duration period, CompletableFuture<Void> left) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "text/event-stream")
                .body(new EndlessBody(event, period, left))
                .build();
    }

    private record EndlessBody(String event, Duration period, CompletableFuture<Void> left)
            implements MockResponseBody {

        @Override
        public long getContentLength() {
            return -1;
        }

        @Override
        public void writeTo(BufferedSink sink) {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    sink.writeUtf8(event);
                    sink.flush();
                    LockSupport.parkNanos(period.toNanos());
                }
            } catch (IOException e) {
                left.complete(null);
            }
        }
    }

    /** Half of the answer, and then nothing but a closed connection. */
    static MockResponse breaking(String events) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "text/event-stream")
                .body(events)
                .onResponseBody(new SocketEffect.CloseSocket())
                .build();
    }

    static MockResponse refusal(int status, String body, String... headers) {
        MockResponse.Builder builder = new MockResponse.Builder().code(status).body(body);
        for (int i = 0; i < headers.length; i += 2) {
            builder.setHeader(headers[i], headers[i + 1]);
        }
        return builder.build();
    }

    void answers(MockResponse response) {
        answer = response;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getPort() + "/v1");
    }

    List<String> bodies() {
        return bodies;
    }

    List<RecordedRequest> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.close();
    }
}
