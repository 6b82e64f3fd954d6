package io.patchcord.openai.compatible;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderException;
import java.util.List;
import java.util.Optional;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.sse.EventSources;
import org.jspecify.annotations.Nullable;

/** One call's dialogue with a model; it keeps nothing between answers, the history comes with each. Confined to the call loop. */
final class ChatSession implements LlmSession {

    private final HttpServer server;
    private final ChatModel model;
    private final LlmRequest request;
    private final ArrayNode tools;
    private @Nullable ChatGeneration current;

    /**
     * Warms the model up for the call's first question, if it is to be; asks for nothing else yet.
     *
     * @throws ProviderException of kind CONFIGURATION if a tool cannot be described
     */
    ChatSession(HttpServer server, ChatModel model, Optional<WarmUp> warmUp, LlmRequest request) {
        this.server = server;
        this.model = model;
        this.request = request;
        this.tools = ChatRequestBody.tools(request.tools());
        warmUp.ifPresent(each -> each.before(request.instructions(), tools));
    }

    @Override
    public Generation respond(List<ConversationItem> history, LlmListener listener) {
        Request http = server.request("/chat/completions")
                .header("Accept", "text/event-stream")
                .post(RequestBody.create(
                        ChatRequestBody.of(model, request.instructions(), tools, history), Json.MEDIA_TYPE))
                .build();
        ChatGeneration generation = new ChatGeneration(request.loop(), listener, server.errors());
        generation.readFrom(EventSources.createFactory((okhttp3.Call.Factory) server.client())
                .newEventSource(http, generation.stream()));
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
