package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.spi.ConversationItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The conversation so far, as the caller heard it: what a new connection is told when the old one is lost, since the service
 * forgets with the connection. Confined to the call loop.
 */
final class ConversationLog {

    /** Asked in the caller's name, who does not hear it. */
    static final String GO_ON =
            "You were cut off. Please go on exactly where you stopped, without repeating what you have said.";

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, String> toolResults = new HashMap<>();

    /** One entry, as it stands now. */
    private sealed interface Entry {

        Stream<ConversationItem> items();
    }

    private record Past(ConversationItem item) implements Entry {
        @Override
        public Stream<ConversationItem> items() {
            return Stream.of(item);
        }
    }

    private record Voiced(String responseId, SpokenText spoken) implements Entry {
        @Override
        public Stream<ConversationItem> items() {
            String text = spoken.heard();
            return text.isBlank() ? Stream.of() : Stream.of(new ConversationItem.AgentSaid(text, spoken.isCut()));
        }
    }

    private record Called(ConversationItem.ToolCalled call, Map<String, String> results) implements Entry {
        @Override
        public Stream<ConversationItem> items() {
            String result = results.get(call.callId());
            return result == null
                    ? Stream.of(call)
                    : Stream.of(call, new ConversationItem.ToolReturned(call.callId(), result));
        }
    }

    /**
     * How a new connection goes on.
     *
     * @param history that it is told
     * @param callerTurn which it answers then, and which is not in the history: the caller's words, or the wish that it goes
     *     on with an answer that broke off
     * @param unsaid the rest of a sentence that was given and broke off
     * @param owed the caller's words in the history that await an answer, but for the turn that he is in the middle of
     */
    record Resumption(
            List<ConversationItem> history,
            Optional<String> callerTurn,
            Optional<String> unsaid,
            Optional<String> owed) {

        Resumption(List<ConversationItem> history, Optional<String> callerTurn, Optional<String> unsaid) {
            this(history, callerTurn, unsaid, Optional.empty());
        }
    }

    ConversationLog(List<ConversationItem> before) {
        before.forEach(item -> entries.add(new Past(item)));
    }

    /** Whether nobody has heard anything yet. */
    boolean isEmpty() {
        return entries.stream().flatMap(Entry::items).findAny().isEmpty();
    }

    void callerSaid(String text) {
        entries.add(new Past(new ConversationItem.CallerSaid(text)));
    }

    /** A response begins. */
    SpokenText agentSpeaks(String responseId) {
        SpokenText spoken = new SpokenText();
        entries.add(new Voiced(responseId, spoken));
        return spoken;
    }

    /** The caller heard no more of the response than this. */
    void cut(String responseId, Duration playedOut) {
        for (Entry entry : entries) {
            if (entry instanceof Voiced voiced && voiced.responseId.equals(responseId)) {
                voiced.spoken.cutAt(playedOut);
            }
        }
    }

    void toolCalled(ConversationItem.ToolCalled call) {
        entries.add(new Called(call, toolResults));
    }

    void toolReturned(String callId, String result) {
        toolResults.put(callId, result);
    }

    /**
     * @param callerSpeaks whether the caller is in the middle of a turn: then it is that turn which will be answered
     */
    Resumption resumption(boolean callerSpeaks) {
        List<ConversationItem> history =
                new ArrayList<>(entries.stream().flatMap(Entry::items).toList());
        if (history.isEmpty()) {
            return new Resumption(history, Optional.empty(), Optional.empty());
        }
        if (!(history.get(history.size() - 1) instanceof ConversationItem.AgentSaid)) {
            return callerSpeaks ? owingOneUnlessMoreIsSaid(history) : owingAnAnswer(history);
        }
        if (callerSpeaks) {
            return new Resumption(history, Optional.empty(), Optional.empty());
        }
        if (!(entries.get(entries.size() - 1) instanceof Voiced last) || !last.spoken.isBroken()) {
            return new Resumption(history, Optional.empty(), Optional.empty());
        }
        if (last.spoken.isGiven()) {
            Optional<String> rest = Optional.of(last.spoken.missing()).filter(words -> !words.isBlank());
            return new Resumption(history, Optional.empty(), rest);
        }
        return new Resumption(history, Optional.of(GO_ON), Optional.empty());
    }

    private static Resumption owingOneUnlessMoreIsSaid(List<ConversationItem> history) {
        Optional<String> words = owingAnAnswer(new ArrayList<>(history)).callerTurn();
        return new Resumption(history, Optional.empty(), Optional.empty(), words);
    }

    /** The caller's last words are asked anew, those before the calls of tools whose results are known now. */
    private static Resumption owingAnAnswer(List<ConversationItem> history) {
        for (int i = history.size() - 1; i >= 0; i--) {
            if (history.get(i) instanceof ConversationItem.CallerSaid said) {
                history.remove(i);
                return new Resumption(history, Optional.of(said.text()), Optional.empty());
            }
        }
        return new Resumption(history, Optional.empty(), Optional.empty());
    }
}
