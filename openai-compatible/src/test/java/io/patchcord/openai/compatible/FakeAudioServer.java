package io.patchcord.openai.compatible;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

/**
 * A server of voices and a recogniser that answers as the test says; when nothing is said with a second of a tone in chunks
 * of odd length, and with {@link #WORDS}.
 */
final class FakeAudioServer implements AutoCloseable {

    static final byte[] TONE = tone(24_000);
    static final String WORDS = "When are you open?";

    private final MockWebServer server = new MockWebServer();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final Queue<MockResponse> answers = new ConcurrentLinkedQueue<>();

    FakeAudioServer() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                MockResponse next = answers.poll();
                return next != null ? next : usual(request);
            }
        });
        try {
            server.start(InetAddress.getLoopbackAddress(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MockResponse usual(RecordedRequest request) {
        return switch (request.getTarget()) {
            case "/v1/audio/speech" -> audio(TONE, 777);
            case "/v1/audio/transcriptions" -> json(200, "{\"text\":\"" + WORDS + "\"}");
            case "/v1/models" -> json(200, "{\"object\":\"list\",\"data\":[]}");
            default -> json(404, "{}");
        };
    }

    static MockResponse audio(byte[] bytes, int chunk) {
        return new MockResponse.Builder()
                .code(200)
                .chunkedBody(new Buffer().write(bytes), chunk)
                .setHeader("Content-Type", "audio/pcm")
                .build();
    }

    static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .body(body)
                .setHeader("Content-Type", "application/json")
                .setHeader("Retry-After", "7")
                .build();
    }

    private static byte[] tone(int samples) {
        byte[] data = new byte[2 * samples];
        for (int i = 0; i < samples; i++) {
            int sample = (int) (8_000 * Math.sin(2 * Math.PI * 440 * i / 24_000));
            data[2 * i] = (byte) sample;
            data[2 * i + 1] = (byte) (sample >> 8);
        }
        return data;
    }

    /** The answer to the next request that has none yet. */
    void answers(MockResponse response) {
        answers.add(response);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getPort() + "/v1");
    }

    List<RecordedRequest> requests() {
        return requests;
    }

    /** The fields of a form with files: of a file its headers and its bytes, as Latin-1. */
    static Map<String, String> form(RecordedRequest request) {
        String type = request.getHeaders().get("Content-Type");
        String boundary = "--" + type.substring(type.indexOf("boundary=") + "boundary=".length());
        String body = request.getBody().string(StandardCharsets.ISO_8859_1);
        Map<String, String> fields = new LinkedHashMap<>();
        for (String part : body.split(Pattern.quote(boundary), -1)) {
            int name = part.indexOf("name=\"");
            int end = part.indexOf("\r\n\r\n");
            if (name >= 0 && end >= 0) {
                String field = part.substring(name + 6, part.indexOf('"', name + 6));
                String value = part.substring(end + 4, part.length() - 2);
                fields.put(field, field.equals("file") ? part.substring(0, end).strip() + "\n" + value : value);
            }
        }
        return fields;
    }

    @Override
    public void close() {
        server.close();
    }
}
