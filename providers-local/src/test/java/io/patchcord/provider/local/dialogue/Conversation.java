package io.patchcord.provider.local.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ToolSpec;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.provider.local.dialogue.IntentFinder.Found;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A caller and the receptionist in virtual time; the meanings of sentences are given by the test. */
final class Conversation implements LlmListener {

    private final ManualCallLoop loop = new ManualCallLoop();
    private final Map<String, Found> meanings = new HashMap<>();
    private final List<ConversationItem> history = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final LlmSession session;
    private LlmSession.Generation generation;

    Conversation(House house, String... tools) {
        List<ToolSpec> specs =
                Stream.of(tools).map(name -> new ToolSpec(name, name, "{}")).toList();
        Clock clock = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);
        session = new ReceptionistSession(
                new LlmRequest("test", loop, "", "en", specs),
                new Receptionist(house, clock),
                State.initial(house.greeting()),
                text -> CompletableFuture.completedFuture(
                        meanings.getOrDefault(text, new Found(Intent.of(Intent.Kind.UNKNOWN), 1))));
    }

    /** What the sentence is to mean. */
    Conversation meaning(String sentence, Intent.Kind kind, int index) {
        meanings.put(sentence, new Found(new Intent(kind, index), 1));
        return this;
    }

    /** What the sentence probably means, but not surely. */
    Conversation vagueMeaning(String sentence, Intent.Kind kind, int index) {
        meanings.put(sentence, new Found(new Intent(kind, index), 0.45f));
        return this;
    }

    /** The caller says this and hears that. */
    Conversation says(String sentence, String... heard) {
        ask(sentence);
        return hears(heard);
    }

    /** The receptionist begins to answer, but is not let. */
    Conversation ask(String sentence) {
        history.add(new ConversationItem.CallerSaid(sentence));
        generation = session.respond(List.copyOf(history), this);
        return this;
    }

    /** What was heard and done since: text, and tools as {@code tool{arguments}}. */
    Conversation hears(String... heard) {
        loop.runPending();
        assertThat(events)
                .containsExactly(
                        Stream.concat(Stream.of(heard), Stream.of("done")).toArray(String[]::new));
        events.clear();
        return this;
    }

    Conversation hearsNothing() {
        loop.runPending();
        assertThat(events).isEmpty();
        return this;
    }

    /** The answer is taken back. */
    Conversation discards() {
        generation.discard();
        history.remove(history.size() - 1);
        events.clear();
        return this;
    }

    /** The answer to a key is taken back. */
    Conversation discardsKey() {
        generation.discard();
        return this;
    }

    Conversation toolSays(String result, String... heard) {
        history.add(new ConversationItem.ToolReturned("id", result));
        generation = session.respond(List.copyOf(history), this);
        return hears(heard);
    }

    /** The key means nothing by itself. */
    Conversation pressesInVain(String keys) {
        keys.chars().forEach(key -> assertThat(session.onDtmf((char) key)).isFalse());
        return this;
    }

    Conversation presses(char key, String... heard) {
        assertThat(session.onDtmf(key)).isTrue();
        generation = session.respond(List.copyOf(history), this);
        return hears(heard);
    }

    void ends() {
        session.close();
    }

    @Override
    public void onText(String delta) {
        events.add(delta);
    }

    @Override
    public void onToolCall(String callId, String name, Map<String, Object> arguments) {
        assertThat(callId).isNotBlank();
        events.add(name + new TreeMap<>(arguments));
    }

    @Override
    public void onDone() {
        events.add("done");
    }

    @Override
    public void onFailed(ProviderException error) {
        events.add("failed " + error.kind());
    }
}
