package io.patchcord.provider.deepgram;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

/** A Speak server that answers as the test says, and when nothing is said with a second of a tone, in chunks of odd length. */
final class FakeSpeakRest implements AutoCloseable {

    static final byte[] TONE = tone(8_000);

    private final MockWebServer server = new MockWebServer();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final Queue<MockResponse> answers = new ConcurrentLinkedQueue<>();

    FakeSpeakRest() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                MockResponse next = answers.poll();
                return next == null ? audio().build() : next;
            }
        });
        try {
            server.start(InetAddress.getLoopbackAddress(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MockResponse.Builder audio() {
        return new MockResponse.Builder()
                .code(200)
                .chunkedBody(new Buffer().write(TONE), 777)
                .setHeader("Content-Type", "audio/l16;rate=8000");
    }

    static MockResponse refusal(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .body(body)
                .setHeader("Content-Type", "application/json")
                .setHeader("dg-request-id", "r-1")
                .setHeader("Retry-After", "7")
                .build();
    }

    private static byte[] tone(int samples) {
        byte[] data = new byte[2 * samples];
        for (int i = 0; i < samples; i++) {
            int sample = (int) (8_000 * Math.sin(2 * Math.PI * 440 * i / 8_000));
            data[2 * i] = (byte) sample;
            data[2 * i + 1] = (byte) (sample >> 8);
        }
        return data;
    }

    /** The answer to the next request that has none yet. */
    void answers(MockResponse response) {
        answers.add(response);
    }

    String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    List<RecordedRequest> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.close();
    }
}
