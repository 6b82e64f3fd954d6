package io.patchcord.agent.pipeline;

import io.patchcord.agent.pipeline.voice.Spoken;
import io.patchcord.agent.spi.ConversationItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The conversation as it was heard. Words of the caller that nothing was answered to are joined into one entry; the agent's
 * words are those that were heard, even if that becomes known later. Confined to the call loop.
 */
final class History {

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, String> toolResults = new HashMap<>();

    History(List<ConversationItem> before) {
        before.forEach(item -> entries.add(new Past(item)));
    }

    /** One entry, as it stands now. */
    private sealed interface Entry {

        /** What the model shall know of it; nothing if there is nothing to know yet. */
        List<ConversationItem> items();
    }

    private record Past(ConversationItem item) implements Entry {
        @Override
        public List<ConversationItem> items() {
            return List.of(item);
        }
    }

    private record Voiced(Spoken spoken) implements Entry {
        @Override
        public List<ConversationItem> items() {
            String text = spoken.text();
            return text.isBlank() ? List.of() : List.of(new ConversationItem.AgentSaid(text, spoken.isInterrupted()));
        }
    }

    private record Called(ConversationItem.ToolCalled call, Map<String, String> results) implements Entry {
        /** A call and its result go together; models refuse one without the other. */
        @Override
        public List<ConversationItem> items() {
            String result = results.get(call.callId());
            return result == null ? List.of() : List.of(call, new ConversationItem.ToolReturned(call.callId(), result));
        }
    }

    /** Adds to what the caller has said; gives all that awaits an answer. */
    String callerSaid(String text) {
        String joined = withUnanswered(text);
        if (hasUnanswered()) {
            entries.remove(entries.size() - 1);
        }
        entries.add(new Past(new ConversationItem.CallerSaid(joined)));
        return joined;
    }

    /** Adds what the caller had said before the agent began to say this; the words of a turn may be known late. */
    void callerHadSaid(String text, Spoken answer) {
        int at = entries.size();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof Voiced voiced && voiced.spoken == answer) {
                at = i;
            }
        }
        entries.add(at, new Past(new ConversationItem.CallerSaid(text)));
    }

    /** What the caller would have said, with what awaits an answer already. */
    String withUnanswered(String text) {
        return last() instanceof Past past && past.item instanceof ConversationItem.CallerSaid said
                ? said.text() + " " + text
                : text;
    }

    /** Whether the last entry is the caller's. */
    boolean hasUnanswered() {
        return last() instanceof Past past && past.item instanceof ConversationItem.CallerSaid;
    }

    /** Whether the last entry is something that the model has to say something to. */
    boolean awaitsAnswer() {
        return awaitsAnswer(items());
    }

    /** Whether the last of these is something that the model has to say something to. */
    static boolean awaitsAnswer(List<ConversationItem> items) {
        ConversationItem last = items.isEmpty() ? null : items.get(items.size() - 1);
        return last instanceof ConversationItem.CallerSaid || last instanceof ConversationItem.ToolReturned;
    }

    /** Somebody has said this for the agent. */
    void agentSaid(String text) {
        entries.add(new Past(new ConversationItem.AgentSaid(text, false)));
    }

    void agentSpeaks(Spoken spoken) {
        entries.add(new Voiced(spoken));
    }

    /** Whether nothing happened since. */
    boolean isLast(Spoken spoken) {
        return last() instanceof Voiced voiced && voiced.spoken == spoken;
    }

    /** Nothing of it was heard. */
    void forget(Spoken spoken) {
        entries.removeIf(entry -> entry instanceof Voiced voiced && voiced.spoken == spoken);
    }

    void toolCalled(String callId, String name, Map<String, Object> arguments) {
        entries.add(new Called(new ConversationItem.ToolCalled(callId, name, arguments), toolResults));
    }

    void toolReturned(String callId, String result) {
        toolResults.put(callId, result);
    }

    List<ConversationItem> items() {
        return entries.stream().flatMap(entry -> entry.items().stream()).toList();
    }

    /** As it would be if the caller had said this, too. */
    List<ConversationItem> itemsWith(String text) {
        List<ConversationItem> items = new ArrayList<>(items());
        if (hasUnanswered()) {
            items.remove(items.size() - 1);
        }
        items.add(new ConversationItem.CallerSaid(withUnanswered(text)));
        return items;
    }

    /** The agent's last words; empty if it has said nothing yet. */
    String agentSaidLast() {
        List<ConversationItem> items = items();
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i) instanceof ConversationItem.AgentSaid said) {
                return said.text();
            }
        }
        return "";
    }

    private Entry last() {
        return entries.isEmpty() ? new Voiced(new Spoken()) : entries.get(entries.size() - 1);
    }
}
