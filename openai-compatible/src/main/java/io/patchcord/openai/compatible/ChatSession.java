package io.patchcord.openai.compatible;

import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.sse.EventSources;
import org.jspecify.annotations.Nullable;

/** One call's dialogue with a model; it keeps nothing between answers, the history comes with each. Confined to the call loop. */
final class ChatSession implements LlmSession {

    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient client;
    private final ChatEndpoint endpoint;
    private final LlmRequest request;
    private @Nullable ChatGeneration current;

    ChatSession(OkHttpClient client, ChatEndpoint endpoint, LlmRequest request) {
        this.client = client;
        this.endpoint = endpoint;
        this.request = request;
    }

    @Override
    public Generation respond(List<ConversationItem> history, LlmListener listener) {
        Request.Builder http = new Request.Builder()
                .url(endpoint.url())
                .header("Accept", "text/event-stream")
                .post(RequestBody.create(ChatRequestBody.of(endpoint, request, history), JSON));
        endpoint.headers().forEach(http::header);
        endpoint.apiKey().ifPresent(key -> http.header("Authorization", "Bearer " + key));
        ChatGeneration generation = new ChatGeneration(request.loop(), listener);
        generation.readFrom(EventSources.createFactory((okhttp3.Call.Factory) client)
                .newEventSource(http.build(), generation.stream()));
        current = generation;
        return generation;
    }

    @Override
    public void close() {
        if (current != null) {
            current.cancel();
        }
    }
}
