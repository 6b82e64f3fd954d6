package io.patchcord.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.SttEvent;
import java.util.List;

/** The order that the events of every streaming recogniser keep. */
public final class SttOrder {

    private SttOrder() {}

    /**
     * Speech begins once in a turn; a guess of its end is taken back or confirmed before the next, and nothing is taken back
     * that was not guessed; after Failed nothing.
     */
    public static void check(List<SttEvent> events) {
        boolean speech = false;
        boolean guessed = false;
        for (int i = 0; i < events.size(); i++) {
            SttEvent event = events.get(i);
            String where = "event " + i + " of " + events;
            if (event instanceof SttEvent.SpeechStarted) {
                assertThat(speech).as("speech has begun before %s", where).isFalse();
                speech = true;
            } else if (event instanceof SttEvent.EagerEndOfTurn) {
                assertThat(guessed).as("an end was guessed before %s", where).isFalse();
                guessed = true;
            } else if (event instanceof SttEvent.TurnResumed) {
                assertThat(guessed).as("an end was guessed before %s", where).isTrue();
                guessed = false;
            } else if (event instanceof SttEvent.EndOfTurn) {
                speech = false;
                guessed = false;
            } else if (event instanceof SttEvent.Failed) {
                assertThat(events).as("nothing after Failed").hasSize(i + 1);
            }
        }
    }
}
