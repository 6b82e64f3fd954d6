package io.patchcord.agent.tool;

import io.patchcord.agent.spi.ToolSpec;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Hands the caller on to an extension of the PBX after the last word. */
public final class TransferTool implements Tool {

    private static final ToolSpec SPEC = new ToolSpec(
            "transfer",
            "Put the caller through to a person, department or extension; say so first.",
            "{\"type\":\"object\",\"properties\":{\"destination\":{\"type\":\"string\",\"description\":"
                    + "\"extension number\"}},\"required\":[\"destination\"],\"additionalProperties\":false}");

    /** An extension, or context,extension,priority; nothing that the dialplan would evaluate. */
    private static final Pattern DESTINATION =
            Pattern.compile("[A-Za-z0-9_*#+.-]+(,[A-Za-z0-9_*#+.-]+(,[0-9]{1,4})?)?");

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public CompletionStage<String> call(ToolContext context, Map<String, Object> arguments) {
        String destination =
                String.valueOf(arguments.getOrDefault("destination", "")).strip();
        if (!DESTINATION.matcher(destination).matches()) {
            return CompletableFuture.completedFuture(
                    "Not done: \"" + destination + "\" is no extension. Give the number to dial, such as 600.");
        }
        context.transferAfterLastWord(destination);
        return CompletableFuture.completedFuture("The caller is being put through.");
    }
}
