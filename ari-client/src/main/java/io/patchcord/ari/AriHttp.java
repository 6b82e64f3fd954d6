package io.patchcord.ari;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Sends requests and reads answers, without blocking the caller. Thread-safe. */
final class AriHttp {

    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient client;
    private final AriEndpoint endpoint;
    private volatile boolean closed;

    AriHttp(OkHttpClient client, AriEndpoint endpoint) {
        this.client = client;
        this.endpoint = endpoint;
    }

    /** Reads what a successful answer carries. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Response response) throws IOException;

        /** What a refusal means; normally that the request failed. */
        default T refused(AriException refusal) {
            throw refusal;
        }
    }

    <T> CompletableFuture<T> fetch(AriRequest request, Function<JsonNode, T> mapper) {
        return send(client, request, response -> mapper.apply(json(response)));
    }

    /** For objects whose absence is an answer: empty when Asterisk's refusal says so. */
    <T> CompletableFuture<Optional<T>> fetchOptional(
            AriRequest request, Function<JsonNode, T> mapper, Predicate<AriException> absent) {
        return send(client, request, new Reader<Optional<T>>() {
            @Override
            public Optional<T> read(Response response) throws IOException {
                return Optional.of(mapper.apply(json(response)));
            }

            @Override
            public Optional<T> refused(AriException refusal) {
                if (absent.test(refusal)) {
                    return Optional.empty();
                }
                throw refusal;
            }
        });
    }

    <T> CompletableFuture<List<T>> fetchList(AriRequest request, Function<JsonNode, T> mapper) {
        return fetch(request, array -> {
            if (!array.isArray()) {
                throw new IllegalStateException("it is no list");
            }
            return Json.list(array, mapper);
        });
    }

    /** For operations that are answered with 204, or with an object nobody needs. */
    @SuppressWarnings("NullAway") // Void has no other value
    CompletableFuture<Void> perform(AriRequest request) {
        return send(client, request, response -> null);
    }

    /** For answers that are streamed and may take longer than a call's time. */
    <T> CompletableFuture<T> stream(AriRequest request, Reader<T> reader) {
        OkHttpClient patient = client.newBuilder().callTimeout(Duration.ZERO).build();
        return send(patient, request, reader);
    }

    private <T> CompletableFuture<T> send(OkHttpClient client, AriRequest request, Reader<T> reader) {
        Call call = client.newCall(toHttp(request));
        CompletableFuture<T> result = new Answer<>(call);
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                result.completeExceptionally(noAnswer(request, e));
            }

            @Override
            public void onResponse(Call answered, Response response) {
                try (response) {
                    complete(result, request, response, reader);
                }
            }
        });
        return result;
    }

    private <T> void complete(CompletableFuture<T> result, AriRequest request, Response response, Reader<T> reader) {
        T value;
        try {
            value = response.isSuccessful() ? reader.read(response) : reader.refused(refusal(request, response));
        } catch (AriException e) {
            result.completeExceptionally(e);
            return;
        } catch (JacksonException e) {
            result.completeExceptionally(unreadable(request, response, e.getOriginalMessage(), e));
            return;
        } catch (IOException e) {
            result.completeExceptionally(noAnswer(request, e));
            return;
        } catch (RuntimeException e) {
            result.completeExceptionally(unreadable(request, response, String.valueOf(e.getMessage()), e));
            return;
        }
        result.complete(value);
    }

    private Request toHttp(AriRequest request) {
        HttpUrl.Builder url = endpoint.base().newBuilder();
        request.path().forEach(url::addPathSegment);
        request.query().forEach(url::addQueryParameter);
        RequestBody body = null;
        if (request.method().equals("POST") || request.method().equals("PUT")) {
            body = new OneShotBody(
                    request.body().isEmpty()
                            ? new byte[0]
                            : Json.write(request.body()).getBytes(StandardCharsets.UTF_8));
        }
        return endpoint.authorized(url.build())
                .header("Accept", "application/json")
                .method(request.method(), body)
                .build();
    }

    private static JsonNode json(Response response) throws IOException {
        JsonNode json = Json.parse(boundedBody(response));
        if (json.isMissingNode()) {
            throw new IllegalStateException("it is empty");
        }
        return json;
    }

    private static String boundedBody(Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(Json.MAX_DOCUMENT_BYTES + 1L)) {
            throw new IllegalStateException("the answer is larger than " + Json.MAX_DOCUMENT_BYTES + " bytes");
        }
        return source.readString(StandardCharsets.UTF_8);
    }

    private static AriException refusal(AriRequest request, Response response) {
        return new AriException(
                request, response.code(), words(response), AriException.Kind.ofStatus(response.code()), null);
    }

    /** Asterisk's {@code {"message": ...}}; an answer of another kind (its HTML pages) has nothing to say. */
    static String words(Response response) {
        try {
            JsonNode json = Json.parse(response.peekBody(64 * 1024).string());
            String message = Json.text(json, "message");
            return message.isEmpty() ? Json.text(json, "error") : message;
        } catch (IOException e) {
            return response.message();
        }
    }

    private static AriException unreadable(AriRequest request, Response response, String why, Exception cause) {
        return new AriException(
                request, response.code(), "the answer cannot be understood: " + why, AriException.Kind.OTHER, cause);
    }

    private AriException noAnswer(AriRequest request, IOException e) {
        return closed
                ? new AriException(request, 0, "the client is closed", AriException.Kind.CLOSED, e)
                : new AriException(
                        request, 0, endpoint.address() + ": " + endpoint.explain(e), AriException.Kind.UNREACHABLE, e);
    }

    void close() {
        closed = true;
        Stream.concat(client.dispatcher().queuedCalls().stream(), client.dispatcher().runningCalls().stream())
                .filter(call -> !isEventsSocket(call))
                .forEach(Call::cancel);
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /** The events socket says goodbye by itself, which takes a moment; cancelling its call would cut it off. */
    private static boolean isEventsSocket(Call call) {
        return call.request().header("Upgrade") != null;
    }

    /** What a request comes to; cancelling it gives up waiting for the answer. */
    private static final class Answer<T> extends CompletableFuture<T> {

        private final Call call;

        Answer(Call call) {
            this.call = call;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled) {
                call.cancel();
            }
            return cancelled;
        }
    }

    /**
     * A body that is sent at most once: OkHttp would otherwise repeat a POST on a new connection when the old one broke
     * after the request was sent, and a call would be placed twice.
     */
    private static final class OneShotBody extends RequestBody {

        private final byte[] content;

        OneShotBody(byte[] content) {
            this.content = content;
        }

        @Override
        public @Nullable MediaType contentType() {
            return content.length == 0 ? null : JSON;
        }

        @Override
        public long contentLength() {
            return content.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(content);
        }
    }
}
