package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.spi.ConversationItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was said and done in the call, as the caller heard it, so that another session can be told. Words that become known
 * late stand where they were said. Confined to the call loop.
 */
final class Conversation {

    private static final String NO_RESULT = "No result: the call went on before the tool was done.";
    private static final String BROKEN_OFF = " …";

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, CallerEntry> callerEntries = new HashMap<>();
    private @Nullable CallerEntry lastOfCaller;
    private int lastId;

    Conversation(List<ConversationItem> before) {
        Set<String> returned = new HashSet<>();
        for (ConversationItem item : before) {
            if (item instanceof ConversationItem.ToolReturned result) {
                returned.add(result.callId());
            }
        }
        before.forEach(item -> addPast(item, returned));
    }

    /** One entry; gives the item that another session is to be told, if there is anything to tell. */
    private interface Entry {

        Optional<ObjectNode> item();
    }

    /** What the caller said in one turn: its words when they are known, its audio until then. */
    private static final class CallerEntry implements Entry {

        private @Nullable String words;
        private byte[] audio;

        CallerEntry(byte[] audio) {
            this.audio = audio;
        }

        void said(String text) {
            words = text;
            audio = new byte[0];
        }

        @Override
        public Optional<ObjectNode> item() {
            if (words != null) {
                return words.isBlank() ? Optional.empty() : Optional.of(Items.caller(words));
            }
            return audio.length == 0 ? Optional.empty() : Optional.of(Items.callerAudio(audio));
        }
    }

    /** What the agent said. */
    private static final class AgentEntry implements Entry {

        private final AgentItem agent;

        AgentEntry(AgentItem agent) {
            this.agent = agent;
        }

        @Override
        public Optional<ObjectNode> item() {
            return asText(agent);
        }
    }

    private void addPast(ConversationItem item, Set<String> returned) {
        if (item instanceof ConversationItem.CallerSaid said) {
            add(Items.caller(said.text()));
        } else if (item instanceof ConversationItem.AgentSaid said) {
            AgentItem agent = new AgentItem("", WireAudio.PCMU);
            agent.addText(said.interrupted() ? said.text() + BROKEN_OFF : said.text());
            entries.add(new AgentEntry(agent));
        } else if (item instanceof ConversationItem.ToolCalled call) {
            called(call.callId(), call.name(), Json.write(call.arguments()));
            if (!returned.contains(call.callId())) {
                add(Items.result(call.callId(), NO_RESULT));
            }
        } else if (item instanceof ConversationItem.ToolReturned result) {
            add(Items.result(result.callId(), result.result()));
        } else {
            throw new AssertionError(item);
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** A turn of the caller's is over; its words may follow. The audio of one turn is kept, that of the last one. */
    void callerSpoke(String itemId, byte[] audio) {
        if (lastOfCaller != null) {
            lastOfCaller.audio = new byte[0];
        }
        CallerEntry entry = new CallerEntry(audio);
        lastOfCaller = entry;
        callerEntries.put(itemId, entry);
        entries.add(entry);
    }

    /** What the caller told without his voice. */
    void callerTyped(String text) {
        add(Items.caller(text));
    }

    /** The words of a turn have become known. */
    void callerSaid(String itemId, String words) {
        CallerEntry entry = callerEntries.remove(itemId);
        if (entry != null) {
            entry.said(words);
        }
    }

    void agentSpeaks(AgentItem item) {
        entries.add(new AgentEntry(item));
    }

    /** Nothing of it was heard. */
    void forget(AgentItem item) {
        entries.removeIf(entry -> entry instanceof AgentEntry spoken && spoken.agent == item);
    }

    void called(String callId, String name, String arguments) {
        add(Items.call(callId, name, arguments));
    }

    void returned(String callId, String result) {
        add(Items.result(callId, result));
    }

    /** All of it, as items of another session. The agent's messages have the ids of these from now on. */
    List<ObjectNode> move() {
        callerEntries.clear();
        List<ObjectNode> items = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry instanceof AgentEntry spoken) {
                spoken.agent.movedTo(
                        Items.OURS + "item_" + ++lastId,
                        !spoken.agent.heardText().isBlank());
            }
            entry.item().ifPresent(items::add);
        }
        return items;
    }

    /** A message of the agent's as the text that was heard of it, under its present id; empty if that is none. */
    static Optional<ObjectNode> asText(AgentItem agent) {
        String text = agent.heardText();
        if (text.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(Items.agent(agent.id(), agent.isCut() ? text + BROKEN_OFF : text));
    }

    private void add(ObjectNode item) {
        entries.add(() -> Optional.of(item.deepCopy()));
    }
}
