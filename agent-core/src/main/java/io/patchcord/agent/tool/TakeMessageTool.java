package io.patchcord.agent.tool;

import io.patchcord.agent.spi.ToolSpec;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Passes a message that the caller left on to the listeners of the call. */
public final class TakeMessageTool implements Tool {

    private static final ToolSpec SPEC = new ToolSpec(
            "take_message",
            "Note a message for the people of the house. Ask for the message, the name and a number to call back first.",
            "{\"type\":\"object\",\"properties\":{\"message\":{\"type\":\"string\"},\"name\":{\"type\":\"string\"},"
                    + "\"callback\":{\"type\":\"string\"}},\"required\":[\"message\"],\"additionalProperties\":false}");

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<String> call(ToolContext context, Map<String, Object> arguments) {
        if (String.valueOf(arguments.getOrDefault("message", "")).isBlank()) {
            return CompletableFuture.completedFuture("Not done: the message is empty. Ask the caller what to pass on.");
        }
        context.messageTaken(arguments);
        return CompletableFuture.completedFuture("The message has been noted.");
    }
}
