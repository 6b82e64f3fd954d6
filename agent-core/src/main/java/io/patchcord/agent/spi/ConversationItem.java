package io.patchcord.agent.spi;

import java.util.Map;

/** One entry of a conversation's history, in the order in which things happened. */
public sealed interface ConversationItem {

    /** The caller's words. */
    record CallerSaid(String text) implements ConversationItem {}

    /**
     * The agent's words, as far as the caller heard them.
     *
     * @param interrupted whether the caller cut them short
     */
    record AgentSaid(String text, boolean interrupted) implements ConversationItem {}

    /** A tool that the model called. */
    record ToolCalled(String callId, String name, Map<String, Object> arguments) implements ConversationItem {
        public ToolCalled {
            arguments = Map.copyOf(arguments);
        }
    }

    /** What the tool answered. */
    record ToolReturned(String callId, String result) implements ConversationItem {}
}
