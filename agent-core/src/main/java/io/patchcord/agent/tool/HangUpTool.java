package io.patchcord.agent.tool;

import io.patchcord.agent.spi.ToolSpec;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Ends the call after the last word. */
public final class HangUpTool implements Tool {

    private static final ToolSpec SPEC = new ToolSpec(
            "hang_up",
            "End the call. Use it when the caller says goodbye or wants nothing more; say goodbye first.",
            "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}");

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<String> call(ToolContext context, Map<String, Object> arguments) {
        context.hangUpAfterLastWord();
        return CompletableFuture.completedFuture("The call ends now.");
    }
}
