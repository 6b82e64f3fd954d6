package io.patchcord.agent.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * What the caller hears of a response: its clauses with the length of their audio, so that an interruption can be put into
 * words. Confined to the call loop.
 */
final class Spoken {

    /** For a clause whose audio is not complete: about so long does a voice take for a character. */
    private static final Duration PER_CHARACTER = Duration.ofMillis(60);

    private final List<Clause> clauses = new ArrayList<>();
    private Duration heard = Duration.ZERO;
    private boolean interrupted;

    /** One clause. */
    private static final class Clause {

        private final String text;
        private Duration audio = Duration.ZERO;
        private boolean complete;

        Clause(String text) {
            this.text = text;
        }

        /** Whole words, as many as fit into this part of its length. */
        String firstWords(Duration part) {
            Duration estimate = PER_CHARACTER.multipliedBy(text.length());
            Duration length = complete || audio.compareTo(estimate) > 0 ? audio : estimate;
            if (part.compareTo(length) >= 0) {
                return text;
            }
            int end = (int) (text.length() * part.toNanos() / Math.max(1, length.toNanos()));
            return text.substring(0, Math.max(0, text.lastIndexOf(' ', end)));
        }
    }

    /** The audio of a clause begins. */
    void beginClause(String text) {
        clauses.add(new Clause(text));
    }

    /** More audio of the clause that was begun last. */
    void addAudio(Duration length) {
        Clause clause = last();
        clause.audio = clause.audio.plus(length);
    }

    /** The clause that was begun last has no more audio. */
    void endClause() {
        if (!clauses.isEmpty()) {
            last().complete = true;
        }
    }

    /** The caller heard no more than this. */
    void cut(Duration playedOut) {
        interrupted = true;
        heard = playedOut;
    }

    boolean isInterrupted() {
        return interrupted;
    }

    /** All words whose audio was begun, or those that were heard before an interruption. */
    String text() {
        StringJoiner words = new StringJoiner(" ");
        Duration left = heard;
        for (Clause clause : clauses) {
            String part = interrupted ? clause.firstWords(left) : clause.text;
            if (part.isEmpty()) {
                break;
            }
            words.add(part);
            left = left.minus(clause.audio);
            if (interrupted && left.isNegative()) {
                break;
            }
        }
        return words.toString();
    }

    private Clause last() {
        return clauses.get(clauses.size() - 1);
    }
}
