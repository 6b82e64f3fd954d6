package io.patchcord.agent.spi;

/**
 * What a streaming recogniser tells.
 *
 * <p>A turn: SpeechStarted once if the engine tells it at all, Interim and Final as words become known, and one EndOfTurn.
 * An engine that {@linkplain StreamingSttEngine#detectsTurns() detects turns} may guess an end early: then
 * EagerEndOfTurn comes first, and after it either EndOfTurn or TurnResumed. A turn may have several such guesses, each
 * taken back before the next.
 *
 * <p>What becomes of a guess (Deepgram Flux tells it so; the cascade does the same with detectors of its own): on
 * EagerEndOfTurn the answer is begun and nothing of it is heard; on TurnResumed it is dropped and the model's question
 * taken back; on EndOfTurn with the same words it is heard at once, with other words it is dropped and asked anew. The
 * user switches it off with {@code PREPARE_ANSWERS=false}; then the guess only ends the caller's speech for the display.
 */
public sealed interface SttEvent {

    /** The caller began to speak. */
    record SpeechStarted() implements SttEvent {}

    /** Words that may still change: all of the utterance since the last final ones. */
    record Interim(String text) implements SttEvent {}

    /** Words that will not change: those since the last final ones. */
    record Final(String text) implements SttEvent {}

    /**
     * The turn is probably over; an answer may be prepared, and must not be heard yet.
     *
     * @param text all words of the turn so far, written as EndOfTurn would write them
     */
    record EagerEndOfTurn(String text) implements SttEvent {}

    /** The caller went on after all: what was prepared since the last EagerEndOfTurn is void. */
    record TurnResumed() implements SttEvent {}

    /**
     * The turn is over: because the engine {@linkplain StreamingSttEngine#detectsTurns() detects that}, or once for each
     * {@link SttSession#finish}. Carries all words of the turn, the final ones sent before included; empty if there were
     * none.
     */
    record EndOfTurn(String text) implements SttEvent {}

    /** The session cannot go on. The last event. */
    record Failed(ProviderException error) implements SttEvent {}
}
