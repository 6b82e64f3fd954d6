package io.patchcord.agent.pipeline;

import io.patchcord.agent.pipeline.voice.Spoken;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sentences that a session is to say word for word, the greeting first: which are waiting, which it was given and has not
 * begun, and which response says which. Confined to the call loop.
 */
final class GivenSentences {

    private final Deque<String> waiting = new ArrayDeque<>();
    private final Deque<String> given = new ArrayDeque<>();
    private final Map<Spoken, String> begun = new HashMap<>();
    private Optional<String> greeting = Optional.empty();
    private String lastGreeting = "";

    /** The session that begins now greets the caller; with these words if they are known. */
    void greetsWith(Optional<String> words) {
        greeting = words;
        lastGreeting = words.orElse("");
    }

    void add(String sentence) {
        waiting.add(sentence);
    }

    /** These are to be said, and no others. */
    void replace(List<String> sentences) {
        given.clear();
        waiting.clear();
        waiting.addAll(sentences);
    }

    /** The next one that waits, now given to the session; null if there is none. */
    @Nullable
    String giveNext() {
        String sentence = waiting.poll();
        if (sentence != null) {
            given.add(sentence);
        }
        return sentence;
    }

    /** The next one that waits, to be said by somebody else; null if there is none. */
    @Nullable
    String takeNext() {
        return waiting.poll();
    }

    /** A response begins that is no answer: it says the first of those that were given. */
    void begun(Spoken response) {
        String sentence = greeting.orElseGet(() -> given.isEmpty() ? "" : given.remove());
        greeting = Optional.empty();
        if (!sentence.isEmpty()) {
            begun.put(response, sentence);
        }
    }

    /**
     * Nothing of the response was heard: its sentence is to be said again.
     *
     * @return false if the response was none of these sentences
     */
    boolean takeBack(Spoken response) {
        String sentence = begun.remove(response);
        if (sentence != null) {
            given.addFirst(sentence);
        }
        return sentence != null;
    }

    /**
     * What was given and not begun waits for the next session.
     *
     * @param anew whether that one greets of its own account
     */
    void sessionEnded(boolean anew) {
        if (anew) {
            given.removeFirstOccurrence(lastGreeting);
        }
        while (!given.isEmpty()) {
            waiting.addFirst(given.removeLast());
        }
        greeting = Optional.empty();
    }

    void forget(@Nullable Spoken response) {
        begun.remove(response);
    }

    /** Whether the session has to say one. */
    boolean areDue() {
        return greeting.isPresent() || !given.isEmpty() || !waiting.isEmpty();
    }

    /** All that wait or were given. */
    List<String> all() {
        List<String> all = new ArrayList<>(given);
        all.addAll(waiting);
        return all;
    }

    /** What was not heard of the sentence that the response says; empty if it says none. */
    Optional<String> restOf(Spoken response) {
        String heard = response.text();
        return Optional.ofNullable(begun.get(response))
                .filter(sentence -> sentence.startsWith(heard))
                .map(sentence -> sentence.substring(heard.length()).strip());
    }
}
