package io.patchcord.agent.spi;

import io.patchcord.agent.loop.CallLoop;
import java.util.List;

/**
 * What a dialogue is opened with.
 *
 * @param callId of the call, for logs
 * @param loop the call's loop: the session is used on it, and calls its listeners on it
 * @param instructions for the model; may be empty
 * @param language as a BCP 47 tag
 * @param tools that may be called
 */
public record LlmRequest(String callId, CallLoop loop, String instructions, String language, List<ToolSpec> tools) {

    public LlmRequest {
        tools = List.copyOf(tools);
    }
}
