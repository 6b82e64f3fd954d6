package io.patchcord.agent.spi;

/** What a streaming recogniser tells. */
public sealed interface SttEvent {

    /** The caller began to speak. */
    record SpeechStarted() implements SttEvent {}

    /** Words that may still change: all of the utterance so far. */
    record Interim(String text) implements SttEvent {}

    /** Words that will not change: those since the last final ones. */
    record Final(String text) implements SttEvent {}

    /** The turn is probably over; an answer may be prepared, and must not be heard yet. */
    record EagerEndOfTurn(String text) implements SttEvent {}

    /** The caller went on after all: what was prepared is void. */
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
