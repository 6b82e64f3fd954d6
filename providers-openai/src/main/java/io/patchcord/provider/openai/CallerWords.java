package io.patchcord.provider.openai;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.S2sEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the caller said, in words, which the server finds out beside the conversation and tells late, in any order: told in
 * the order of the turns. Confined to the call loop.
 */
final class CallerWords {

    /** Words that come no sooner are not waited for, when later ones are there. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final CallLoop loop;
    private final boolean written;
    private final Consumer<S2sEvent> out;
    private final Deque<Turn> turns = new ArrayDeque<>();
    private final Map<String, StringBuilder> interim = new HashMap<>();

    /** A turn whose words are not told yet. */
    private static final class Turn {

        private final String itemId;
        private final long sinceNanos;
        private @Nullable String words;

        Turn(String itemId, long sinceNanos) {
            this.itemId = itemId;
            this.sinceNanos = sinceNanos;
        }
    }

    /**
     * Tells words to the receiver.
     *
     * @param written whether the server was asked for words at all
     */
    CallerWords(CallLoop loop, boolean written, Consumer<S2sEvent> out) {
        this.loop = loop;
        this.written = written;
        this.out = out;
    }

    /** A turn is over; its words will follow. */
    void await(String itemId) {
        if (written) {
            turns.addLast(new Turn(itemId, loop.nanoTime()));
        }
    }

    /** More words, which may still change. */
    void add(String itemId, String delta) {
        StringBuilder soFar = interim.computeIfAbsent(itemId, id -> new StringBuilder());
        soFar.append(delta);
        if (!soFar.toString().isBlank()) {
            out.accept(new S2sEvent.InputTranscript(soFar.toString().strip(), false));
        }
    }

    /** All words of a turn; empty if nothing was understood. */
    void complete(String itemId, String words) {
        interim.remove(itemId);
        boolean known = false;
        for (Turn turn : turns) {
            if (turn.itemId.equals(itemId)) {
                turn.words = words;
                known = true;
            }
        }
        if (!known) {
            // Given up already; better late than never.
            tell(words);
        }
        tellInOrder();
    }

    /** Words of turns before now do not come any more. */
    void lost() {
        interim.clear();
        turns.forEach(turn -> turn.words = turn.words == null ? "" : turn.words);
        tellInOrder();
    }

    /** Whether words are to come that are worth waiting for. */
    boolean isAwaited() {
        return turns.stream().anyMatch(turn -> turn.words == null && !isLate(turn));
    }

    private void tellInOrder() {
        Turn first = turns.peekFirst();
        while (first != null && (first.words != null || (isLate(first) && turns.size() > 1))) {
            turns.removeFirst();
            tell(first.words == null ? "" : first.words);
            first = turns.peekFirst();
        }
    }

    private void tell(String words) {
        if (!words.isBlank()) {
            out.accept(new S2sEvent.InputTranscript(words.strip(), true));
        }
    }

    private boolean isLate(Turn turn) {
        return loop.nanoTime() - turn.sinceNanos > LONGEST_WAIT.toNanos();
    }
}
