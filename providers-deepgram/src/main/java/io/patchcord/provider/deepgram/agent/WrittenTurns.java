package io.patchcord.provider.deepgram.agent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Turns of the caller that a connection was told in writing, in their order, until it says each of them back as his words.
 * Confined to the call loop.
 */
final class WrittenTurns {

    /** A refusal, or the echo, comes at once; what has had neither by then was taken without a word. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(3);

    private final Deque<Told> awaited = new ArrayDeque<>();

    private record Told(String text, long nanos) {}

    void told(String text, long nowNanos) {
        awaited.add(new Told(text.strip(), nowNanos));
    }

    /** Whether the words are those of a turn that was told; each is said back once. */
    boolean isEcho(String words) {
        String bare = words.strip();
        Iterator<Told> turns = awaited.iterator();
        while (turns.hasNext()) {
            if (turns.next().text.equals(bare)) {
                turns.remove();
                return true;
            }
        }
        return false;
    }

    /** Something was refused, and the service takes what it is told in order: the turn that it was, if it was one. */
    Optional<String> refused(long nowNanos) {
        Optional<Told> first = awaited.stream()
                .filter(told -> nowNanos - told.nanos <= ANSWERED_WITHIN.toNanos())
                .findFirst();
        first.ifPresent(awaited::remove);
        return first.map(Told::text);
    }

    void clear() {
        awaited.clear();
    }
}
