package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.ProviderException;

/** Receives what a {@link Listening} finds, on the call loop. */
interface TurnListener {

    void onSpeechStarted();

    /** The caller paused. What was said becomes a turn, or goes on, or was nothing. */
    void onSpeechStopped();

    /** Words so far, which may change. */
    void onInterim(String text);

    /** The turn is probably over. */
    void onLikelyTurn(Turn turn);

    /** The caller went on: the likely turn is void. */
    void onTurnResumed();

    /** The turn is over. */
    void onTurn(Turn turn);

    /**
     * What sounded like speech had no words.
     *
     * @param clear whether there was so much of it that the caller surely said something
     */
    void onNothingUnderstood(boolean clear);

    /** The turn was lost. Listening goes on. */
    void onTurnLost(ProviderException error);

    /** Nothing can be heard any more. */
    void onDeaf(ProviderException error);
}
