package io.patchcord.provider.openai;

import io.patchcord.agent.spi.SttEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The turns that are over and have not been told: each is told when its words have come, and those of the turns before it.
 * Places are those of {@link CallerAudio}. Confined to the call loop.
 */
final class SttTurns {

    private final Consumer<SttEvent> out;
    private final Deque<Turn> turns = new ArrayDeque<>();
    private final StringBuilder interim = new StringBuilder();
    private String interimItem = "";

    /** A turn that is over, and whose words may not have come yet. */
    static final class Turn {

        private final long start;
        private final long end;
        private String commitId = "";
        private String itemId = "";
        private @Nullable String words;

        private Turn(long start, long end) {
            this.start = start;
            this.end = end;
        }

        long start() {
            return start;
        }

        long end() {
            return end;
        }

        /** We have asked for it under this id. */
        void committedBy(String eventId) {
            commitId = eventId;
        }

        /** The server has made this item of it. */
        void becomes(String item) {
            itemId = item;
        }

        /** Whether the server has made this item of it. */
        boolean is(String item) {
            return itemId.equals(item);
        }

        private boolean isAwaited() {
            return words == null;
        }
    }

    SttTurns(Consumer<SttEvent> out) {
        this.out = out;
    }

    Turn add(long start, long end) {
        Turn turn = new Turn(start, end);
        turns.addLast(turn);
        return turn;
    }

    /** A turn in which nothing can have been said. It is told with the next one, or by {@link #tellInOrder}. */
    void addEmpty(long place) {
        add(place, place).words = "";
    }

    boolean isEmpty() {
        return turns.isEmpty();
    }

    /** The one that is told next. */
    Optional<Turn> first() {
        return Optional.ofNullable(turns.peekFirst());
    }

    /** Those whose words have not come, in their order. */
    List<Turn> awaited() {
        return turns.stream().filter(Turn::isAwaited).toList();
    }

    /** The first whose words have not come. */
    Optional<Turn> firstAwaited() {
        return awaited().stream().findFirst();
    }

    /** Whether the words of a later turn are there already, while those of the first are awaited. */
    boolean isOvertaken() {
        return first().filter(Turn::isAwaited).isPresent() && turns.stream().anyMatch(turn -> !turn.isAwaited());
    }

    /** The first of which the server has made no item yet. */
    Optional<Turn> withoutItem() {
        return awaited().stream().filter(turn -> turn.is("")).findFirst();
    }

    /** What was awaited comes again, from another session that finds the turns itself. */
    void forgetAwaited() {
        turns.removeIf(Turn::isAwaited);
    }

    /** There is no session any more that knows of them. */
    void lost() {
        forgetInterim();
        turns.forEach(turn -> turn.itemId = "");
    }

    /** More words, which may still change. */
    void add(String itemId, String delta) {
        if (!itemId.equals(interimItem)) {
            forgetInterim();
            interimItem = itemId;
        }
        interim.append(delta);
        if (!interim.toString().isBlank()) {
            out.accept(new SttEvent.Interim(interim.toString().strip()));
        }
    }

    /** All words of the turn that became this item; false if there is none. */
    boolean complete(String itemId, String words) {
        return complete(turn -> turn.is(itemId), words);
    }

    /** The server does not make anything of what was asked for so; false if there is no such turn. */
    boolean refused(String eventId) {
        return !eventId.isEmpty() && complete(turn -> turn.commitId.equals(eventId), "");
    }

    private boolean complete(Predicate<Turn> which, String words) {
        Optional<Turn> completed = awaited().stream().filter(which).findFirst();
        completed.ifPresent(turn -> complete(turn, words));
        return completed.isPresent();
    }

    /** All words of a turn; empty if nothing was understood. */
    void complete(Turn turn, String words) {
        turn.words = words.strip();
        tellInOrder();
    }

    /** Tells what can be told. */
    void tellInOrder() {
        Turn first = turns.peekFirst();
        while (first != null && first.words != null) {
            turns.removeFirst();
            if (interimItem.equals(first.itemId)) {
                forgetInterim();
            }
            out.accept(new SttEvent.EndOfTurn(first.words));
            first = turns.peekFirst();
        }
    }

    private void forgetInterim() {
        interim.setLength(0);
        interimItem = "";
    }
}
