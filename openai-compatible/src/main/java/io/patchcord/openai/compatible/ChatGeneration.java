package io.patchcord.openai.compatible;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderException;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer on its way. The stream is read on one of OkHttp's threads and handed to the call loop piece by piece; everything
 * else is confined to the call loop.
 */
final class ChatGeneration implements LlmSession.Generation {

    private static final Logger log = LoggerFactory.getLogger(ChatGeneration.class);
    private static final String END = "[DONE]";

    private final CallLoop loop;
    private final LlmListener listener;
    private final ServerErrors errors;
    private final ToolCalls tools = new ToolCalls();
    private @Nullable EventSource source;
    private boolean over;

    ChatGeneration(CallLoop loop, LlmListener listener, ServerErrors errors) {
        this.loop = loop;
        this.listener = listener;
        this.errors = errors;
    }

    EventSourceListener stream() {
        return new Stream();
    }

    void readFrom(EventSource opened) {
        source = opened;
    }

    @Override
    public void cancel() {
        over = true;
        if (source != null) {
            source.cancel();
        }
    }

    private void chunk(String data) {
        if (over) {
            return;
        }
        if (data.strip().equals(END)) {
            done();
            return;
        }
        try {
            JsonNode chunk = Json.MAPPER.readTree(data);
            if (chunk.hasNonNull("error")) {
                fail(errors.inStream(chunk.get("error")));
                return;
            }
            for (JsonNode choice : chunk.path("choices")) {
                delta(choice.path("delta"));
            }
        } catch (JsonProcessingException e) {
            // One bad line need not cost the caller the answer; the next one may be whole again.
            log.warn("the model's server sent {} characters that are no JSON", data.length());
        }
    }

    private void delta(JsonNode delta) {
        String text = delta.path("content").asText("");
        if (delta.path("content").isTextual() && !text.isEmpty()) {
            listener.onText(text);
        }
        delta.path("tool_calls").forEach(tools::add);
    }

    private void done() {
        if (over) {
            return;
        }
        for (ToolCalls.Call call : tools.complete()) {
            if (!over) {
                listener.onToolCall(call.id(), call.name(), call.arguments());
            }
        }
        if (!over) {
            over = true;
            listener.onDone();
        }
    }

    private void fail(ProviderException error) {
        if (!over) {
            cancel();
            listener.onFailed(error);
        }
    }

    /** On OkHttp's thread. */
    private final class Stream extends EventSourceListener {

        @Override
        public void onEvent(EventSource from, @Nullable String id, @Nullable String type, String data) {
            loop.execute(() -> chunk(data));
        }

        /** Some servers end without saying so: the end of the body is the end of the answer. */
        @Override
        public void onClosed(EventSource from) {
            loop.execute(ChatGeneration.this::done);
        }

        @Override
        public void onFailure(EventSource from, @Nullable Throwable error, @Nullable Response response) {
            ProviderException failure = errors.of(error, response);
            loop.execute(() -> fail(failure));
        }
    }
}
