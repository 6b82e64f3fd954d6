package io.patchcord.openai.compatible;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchcord.agent.spi.ConversationItem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a server load its model and read the beginning of the prompt before a caller waits for it, by asking for one token.
 *
 * <p>Ollama unloads a model that nobody has used for five minutes, loads it at the next request, and gives up loading when
 * that request is cancelled ({@code docs/faq.mdx}, {@code llm/server.go}): under a deadline for the first words that is
 * shorter than loading takes, it would never answer. Many servers also keep what they have read of a prompt, so that the
 * first answer of a call begins sooner. Thread-safe.
 */
final class WarmUp {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

    /** A server that was warmed up so lately is as warm as it gets. */
    private static final Duration STAYS_WARM = Duration.ofMinutes(1);

    /** Large models come from slow disks. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final HttpServer server;
    private final ChatModel model;
    private final OkHttpClient client;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile long lastDone = System.nanoTime() - STAYS_WARM.toNanos();

    WarmUp(HttpServer server, ChatModel model) {
        this.server = server;
        this.model = model.withMaxTokens(1);
        this.client = server.client().newBuilder().readTimeout(LONGEST).build();
    }

    /** Asks in the background, unless that was done lately or is being done. */
    void before(String instructions, ArrayNode tools) {
        boolean warm = System.nanoTime() - lastDone < STAYS_WARM.toNanos();
        if (warm || !running.compareAndSet(false, true)) {
            return;
        }
        List<ConversationItem> hello = List.of(new ConversationItem.CallerSaid("Hello."));
        Request request = server.request("/chat/completions")
                .post(RequestBody.create(ChatRequestBody.of(model, instructions, tools, hello), Json.MEDIA_TYPE))
                .build();
        client.newCall(request).enqueue(new Answer(System.nanoTime()));
    }

    private void over(long begun, @Nullable Throwable error, @Nullable Response response) {
        if (error == null && response != null && response.isSuccessful()) {
            lastDone = System.nanoTime();
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            log.info("model {} at {} is warm after {} ms", model.name(), server.host(), took);
        } else {
            log.warn(
                    "model {} at {} cannot be warmed up: {}",
                    model.name(),
                    server.host(),
                    server.errors().of(error, response).getMessage());
        }
        running.set(false);
    }

    /** What is said does not matter; that it is said does. On OkHttp's thread. */
    private final class Answer implements Callback {

        private final long begun;

        Answer(long begun) {
            this.begun = begun;
        }

        @Override
        public void onResponse(Call call, Response response) {
            try (response) {
                if (response.isSuccessful()) {
                    response.body().source().readAll(Okio.blackhole());
                }
                over(begun, null, response);
            } catch (IOException e) {
                over(begun, e, null);
            }
        }

        @Override
        public void onFailure(Call call, IOException error) {
            if (!call.isCanceled()) { // by the engine's end
                over(begun, error, null);
            }
        }
    }
}
