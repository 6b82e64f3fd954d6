package io.patchcord.agent.testing;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A dialogue from a script: the first rule whose words occur in the last entry of the history answers. Keys that were given
 * an answer count as an entry. Thread-safe.
 */
public final class ScriptedLlm implements LlmEngine {

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<List<ConversationItem>> histories = new CopyOnWriteArrayList<>();
    private final List<String> discarded = new CopyOnWriteArrayList<>();
    private final String description;
    private volatile List<String> fixedSentences = List.of();
    private volatile String greeting = "";
    private volatile boolean goesOn = true;

    public ScriptedLlm() {
        this("script");
    }

    public ScriptedLlm(String description) {
        this.description = description;
    }

    /** Answers entries that hold these words, in any case; rules are tried in order. Empty words fit everything. */
    public ScriptedLlm when(String words, ScriptedReply reply) {
        rules.add(new Rule(words.toLowerCase(Locale.ROOT), reply));
        return this;
    }

    /** Answers entries that hold these words with one sentence. */
    public ScriptedLlm when(String words, String reply) {
        return when(words, ScriptedReply.of(reply));
    }

    /** Answers a key; the rule's words are {@code key 5}. */
    public ScriptedLlm whenKey(char digit, String reply) {
        return when("key " + digit, reply);
    }

    public ScriptedLlm fixedSentences(String... sentences) {
        fixedSentences = List.of(sentences);
        return this;
    }

    public ScriptedLlm greeting(String greeting) {
        this.greeting = greeting;
        return this;
    }

    /** Whether it says of itself that it goes on with what was cut off; it does, at first. */
    public ScriptedLlm goesOn(boolean goesOn) {
        this.goesOn = goesOn;
        return this;
    }

    /** The histories it was asked with so far. */
    public List<List<ConversationItem>> histories() {
        return List.copyOf(histories);
    }

    /** What questions were taken back. */
    public List<String> discarded() {
        return List.copyOf(discarded);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<String> fixedSentences() {
        return fixedSentences;
    }

    @Override
    public String greeting() {
        return greeting;
    }

    @Override
    public boolean goesOn() {
        return goesOn;
    }

    @Override
    public LlmSession open(LlmRequest request) {
        return new Session(request.loop());
    }

    @Override
    public void close() {}

    private static String words(ConversationItem item) {
        if (item instanceof ConversationItem.CallerSaid said) {
            return said.text();
        }
        if (item instanceof ConversationItem.AgentSaid said) {
            return said.text();
        }
        if (item instanceof ConversationItem.ToolReturned returned) {
            return returned.result();
        }
        if (item instanceof ConversationItem.ToolCalled called) {
            return called.name();
        }
        throw new AssertionError(item);
    }

    private ScriptedReply replyTo(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return rules.stream()
                .filter(rule -> lower.contains(rule.words))
                .findFirst()
                .map(Rule::reply)
                .orElseThrow(() -> new IllegalStateException("the script has no answer to: " + words));
    }

    private record Rule(String words, ScriptedReply reply) {}

    private final class Session implements LlmSession {

        private final CallLoop loop;
        private final Set<Answer> running = new HashSet<>();
        private @Nullable Answer latest;
        private @Nullable String key;

        Session(CallLoop loop) {
            this.loop = loop;
        }

        @Override
        public Generation respond(List<ConversationItem> history, LlmListener listener) {
            histories.add(List.copyOf(history));
            String words = key != null ? key : words(history.get(history.size() - 1));
            Answer answer = new Answer(words, key);
            key = null;
            latest = answer;
            running.add(answer);
            replyTo(words).play(loop, listener, answer.timers);
            return answer;
        }

        @Override
        public boolean onDtmf(char digit) {
            String words = "key " + digit;
            boolean known = rules.stream().anyMatch(rule -> rule.words.equals(words.toLowerCase(Locale.ROOT)));
            key = known ? words : null;
            return known;
        }

        @Override
        public void close() {
            List.copyOf(running).forEach(Answer::cancel);
        }

        private final class Answer implements Generation {

            private final String question;
            private final @Nullable String keyBefore;
            private final List<CallLoop.Timer> timers = new ArrayList<>();

            Answer(String question, @Nullable String keyBefore) {
                this.question = question;
                this.keyBefore = keyBefore;
            }

            @Override
            public void cancel() {
                timers.forEach(CallLoop.Timer::cancel);
                running.remove(this);
            }

            @Override
            public void discard() {
                discarded.add(question);
                if (latest == this) {
                    key = keyBefore;
                }
                cancel();
            }
        }
    }
}
