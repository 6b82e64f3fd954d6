package io.patchcord.provider.openai;

import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.provider.openai.ServerEvent.OutputItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tools that the model has called and that have not answered yet. When all calls of one response have their results, the
 * model goes on. Confined to the call loop.
 */
final class ToolCalls {

    private static final Logger log = LoggerFactory.getLogger(ToolCalls.class);

    private static final String BAD_ARGUMENTS =
            "Not done: the arguments were no JSON object. Call the tool again with arguments that fit its schema.";

    private final CurrentLink link;
    private final Conversation conversation;
    private final ResponseRequests requests;
    private final LateItems late;
    private final Consumer<S2sEvent> out;
    private final Map<String, Batch> open = new HashMap<>();

    /** The calls of one response. */
    private static final class Batch {
        private int left;
    }

    ToolCalls(
            CurrentLink link,
            Conversation conversation,
            ResponseRequests requests,
            LateItems late,
            Consumer<S2sEvent> out) {
        this.link = link;
        this.conversation = conversation;
        this.requests = requests;
        this.late = late;
        this.out = out;
    }

    /** The model wants these, all of one response. */
    void called(List<OutputItem> calls) {
        Batch batch = new Batch();
        List<S2sEvent.ToolCall> told = new ArrayList<>();
        List<String> bad = new ArrayList<>();
        for (OutputItem call : calls) {
            if (open.putIfAbsent(call.callId(), batch) != null) {
                continue;
            }
            batch.left++;
            conversation.called(call.callId(), call.name(), call.arguments());
            Optional<Map<String, Object>> arguments = arguments(call);
            if (arguments.isPresent()) {
                told.add(new S2sEvent.ToolCall(call.callId(), call.name(), arguments.get()));
            } else {
                bad.add(call.callId());
            }
        }
        bad.forEach(callId -> returned(callId, BAD_ARGUMENTS));
        // Results may come at once, within the call.
        told.forEach(out);
    }

    /** The result of a call; one that is not open is ignored. */
    void returned(String callId, String result) {
        Batch batch = open.remove(callId);
        if (batch == null) {
            return;
        }
        conversation.returned(callId, result);
        if (link.isThere()) {
            late.sent(callId);
            link.send(ClientEvents.create(Items.result(callId, result)));
        }
        batch.left--;
        if (batch.left == 0) {
            requests.owe();
        }
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    private static Optional<Map<String, Object>> arguments(OutputItem call) {
        if (call.arguments().isBlank()) {
            return Optional.of(Map.of());
        }
        Optional<Map<String, Object>> arguments = Json.parse(call.arguments()).map(Json::map);
        if (arguments.isEmpty()) {
            log.warn("the model called {} with arguments that are no JSON object", call.name());
        }
        return arguments;
    }
}
