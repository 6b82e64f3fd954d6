package io.patchcord.provider.deepgram;

import static io.patchcord.provider.deepgram.ListenMessages.connected;
import static io.patchcord.provider.deepgram.ListenMessages.turnInfo;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.SttEvent.EagerEndOfTurn;
import io.patchcord.agent.spi.SttEvent.EndOfTurn;
import io.patchcord.agent.spi.SttEvent.Interim;
import io.patchcord.agent.spi.SttEvent.SpeechStarted;
import io.patchcord.agent.spi.SttEvent.TurnResumed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FluxTurnsTest {

    private final List<SttEvent> events = new ArrayList<>();
    private final FluxTurns turns = new FluxTurns(events::add);
    private int sequence;

    @Test
    void turn_beginsAndEndsAsTheServiceSays() {
        read(connected(sequence++));
        turn(0, "Update", "");
        turn(0, "StartOfTurn", "What");
        turn(0, "Update", "What are your");
        turn(0, "Update", "What are your");
        assertThat(turns.isQuiet()).isFalse();
        turn(0, "EndOfTurn", "What are your hours?");
        turn(1, "Update", "");

        assertThat(events)
                .containsExactly(
                        new SpeechStarted(),
                        new Interim("What"),
                        new Interim("What are your"),
                        new EndOfTurn("What are your hours?"));
        assertThat(turns.isQuiet()).isTrue();
    }

    @Test
    void eagerEnd_isConfirmed() {
        turn(0, "StartOfTurn", "Hello");
        turn(0, "EagerEndOfTurn", "Hello.");
        turn(0, "Update", "Hello.");
        turn(0, "EndOfTurn", "Hello.");

        assertThat(events)
                .containsExactly(
                        new SpeechStarted(),
                        new Interim("Hello"),
                        new Interim("Hello."),
                        new EagerEndOfTurn("Hello."),
                        new EndOfTurn("Hello."));
    }

    @Test
    void eagerEnd_isTakenBack_andComesAgain() {
        turn(0, "StartOfTurn", "I live");
        turn(0, "EagerEndOfTurn", "I live.");
        turn(0, "TurnResumed", "I live in");
        turn(0, "EagerEndOfTurn", "I live in Oslo.");
        turn(0, "EndOfTurn", "I live in Oslo.");

        assertThat(events.subList(3, events.size()))
                .containsExactly(
                        new EagerEndOfTurn("I live."),
                        new TurnResumed(),
                        new Interim("I live in"),
                        new Interim("I live in Oslo."),
                        new EagerEndOfTurn("I live in Oslo."),
                        new EndOfTurn("I live in Oslo."));
    }

    @Test
    void endWithOtherWordsThanTheEagerOne_takesThatBackFirst() {
        turn(0, "EagerEndOfTurn", "I live.");
        turn(0, "EndOfTurn", "I leave.");

        assertThat(events).endsWith(new EagerEndOfTurn("I live."), new TurnResumed(), new EndOfTurn("I leave."));
    }

    @Test
    void eagerEndWithOtherWords_takesTheFirstBack() {
        turn(0, "EagerEndOfTurn", "I live.");
        turn(0, "EagerEndOfTurn", "I live in Oslo.");

        assertThat(events)
                .endsWith(
                        new EagerEndOfTurn("I live."),
                        new TurnResumed(),
                        new Interim("I live in Oslo."),
                        new EagerEndOfTurn("I live in Oslo."));
    }

    @Test
    void messageThatComesTwice_countsOnce() {
        String start = turnInfo(1, 0, "StartOfTurn", "Hello");
        String eager = turnInfo(2, 0, "EagerEndOfTurn", "Hello.");
        String end = turnInfo(3, 0, "EndOfTurn", "Hello.");
        read(start, start, eager, eager, end, end, eager, start);

        assertThat(events).hasSize(5).endsWith(new EndOfTurn("Hello."));
    }

    @Test
    void messageOfATurnThatHasEnded_isPassedOver() {
        turn(0, "StartOfTurn", "Hello");
        turn(0, "EndOfTurn", "Hello.");
        turn(0, "Update", "Hello. Hello?");
        turn(0, "EndOfTurn", "Hello.");

        assertThat(events).hasSize(3).endsWith(new EndOfTurn("Hello."));
    }

    @Test
    void turnWhoseEndIsMissing_endsWhenTheNextBegins() {
        turn(0, "StartOfTurn", "Hello");
        turn(1, "StartOfTurn", "Are");

        assertThat(events)
                .containsExactly(
                        new SpeechStarted(),
                        new Interim("Hello"),
                        new EndOfTurn("Hello"),
                        new SpeechStarted(),
                        new Interim("Are"));
    }

    @Test
    void newConnection_countsFromZero() {
        sequence = 50;
        turn(7, "StartOfTurn", "Hello");
        turn(7, "EndOfTurn", "Hello.");
        turns.connected();
        sequence = 0;
        turn(0, "StartOfTurn", "Again");
        turn(0, "EndOfTurn", "Again.");

        assertThat(events).endsWith(new SpeechStarted(), new Interim("Again"), new EndOfTurn("Again."));
    }

    @Test
    void finish_forcesTheEndOfATurn_andHasNothingToForceBetweenTurns() {
        assertThat(turns.finish()).isEmpty();
        turns.expire();
        assertThat(events).containsExactly(new EndOfTurn(""));

        turn(0, "StartOfTurn", "Hello");
        assertThat(turns.finish()).contains("{\"type\":\"ForceEndTurn\"}");
        turn(0, "EndOfTurn", "Hello.");
        turns.expire();
        assertThat(events).endsWith(new Interim("Hello"), new EndOfTurn("Hello."));
    }

    @Test
    void finishThatIsNotAnswered_endsWithWhatIsKnown() {
        turn(0, "StartOfTurn", "Hello");
        turns.finish();
        turns.expire();
        turn(0, "EndOfTurn", "Hello.");

        assertThat(events).endsWith(new Interim("Hello"), new EndOfTurn("Hello"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "17",
                "{\"type\":\"TurnInfo\"}",
                "{\"type\":\"TurnInfo\",\"event\":\"SomethingNew\",\"transcript\":\"x\"}",
                "{\"type\":\"TurnInfo\",\"event\":\"Update\",\"transcript\":null,\"turn_index\":\"x\"}",
                "{\"type\":\"ConfigureSuccess\",\"sequence_id\":0}",
                "{\"type\":\"ConfigureFailure\",\"sequence_id\":0}",
            })
    void messageThatIsNotUnderstood_isPassedOver(String message) {
        read(message);
        assertThat(events).isEmpty();

        sequence = 1;
        turn(0, "EndOfTurn", "Hello.");
        assertThat(events).endsWith(new EndOfTurn("Hello."));
    }

    private void turn(int index, String event, String text) {
        read(turnInfo(sequence++, index, event, text));
    }

    private void read(String... messages) {
        for (String message : messages) {
            turns.read(Published.json(message));
        }
    }
}
