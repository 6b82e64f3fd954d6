package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.contract.MessageTurmoil;
import io.patchcord.agent.contract.SttOrder;
import io.patchcord.agent.spi.SttEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a recogniser says, and in whatever order: what is told keeps its order, and the next turn is heard. */
class ListenTurmoilTest {

    private static final int RUNS = 300;
    private static final int STEPS = 200;

    private static final List<String> NOVA = List.of(
            "{\"type\":\"Results\",\"start\":<N>,\"duration\":0.8,\"is_final\":false,\"speech_final\":false,"
                    + "\"channel\":{\"alternatives\":[{\"transcript\":\"<W>\",\"words\":[{\"word\":\"w\",\"start\":<N>,\"end\":<N>}]}]}}",
            "{\"type\":\"Results\",\"start\":<N>,\"duration\":0.8,\"is_final\":true,\"speech_final\":false,"
                    + "\"channel\":{\"alternatives\":[{\"transcript\":\"<W>\",\"words\":[{\"word\":\"w\",\"start\":<N>,\"end\":<N>}]}]}}",
            "{\"type\":\"Results\",\"start\":<N>,\"duration\":0.8,\"is_final\":true,\"speech_final\":true,"
                    + "\"channel\":{\"alternatives\":[{\"transcript\":\"<W>\"}]}}",
            "{\"type\":\"Results\",\"start\":<N>,\"duration\":0,\"is_final\":true,\"speech_final\":false,\"from_finalize\":true,"
                    + "\"channel\":{\"alternatives\":[{\"transcript\":\"<W>\"}]}}",
            "{\"type\":\"SpeechStarted\",\"channel\":[0],\"timestamp\":<N>}",
            "{\"type\":\"UtteranceEnd\",\"channel\":[0,1],\"last_word_end\":<N>}",
            "{\"type\":\"Metadata\",\"duration\":<N>}",
            "{\"type\":\"OfNextYear\"}");

    private static final List<String> FLUX = List.of(
            turnInfo("StartOfTurn"),
            turnInfo("Update"),
            turnInfo("Update"),
            turnInfo("EagerEndOfTurn"),
            turnInfo("EagerEndOfTurn"),
            turnInfo("TurnResumed"),
            turnInfo("EndOfTurn"),
            turnInfo("OfNextYear"),
            "{\"type\":\"Connected\",\"request_id\":\"<q>\",\"sequence_id\":0}");

    private final List<SttEvent> events = new ArrayList<>();

    /** With the number of the turn still to be put in; the numbers of messages rise by themselves. */
    private static String turnInfo(String event) {
        return "{\"type\":\"TurnInfo\",\"event\":\"" + event + "\",\"turn_index\":TURN,\"sequence_id\":SEQUENCE,"
                + "\"transcript\":\"<W>\",\"words\":[{\"word\":\"w\",\"confidence\":0.9}],\"end_of_turn_confidence\":0.5}";
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, RUNS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nova(long seed) {
        Random random = new Random(seed);
        ListenTurns turns = new NovaTurns(random.nextBoolean(), events::add, message -> {});
        disturb(turns, new MessageTurmoil(random, NOVA), random);
        int before = turmoilIsOver(turns, seed);
        turns.finish();
        turns.read(ServiceMessage.read(ListenMessages.isFinal(0, 1, "well then")));
        turns.read(ServiceMessage.read(ListenMessages.fromFinalize(1, 0, "")));

        assertThat(events.subList(before, events.size()))
                .as("seed %d", seed)
                .endsWith(new SttEvent.Final("well then"), new SttEvent.EndOfTurn("well then"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void flux(long seed) {
        Random random = new Random(seed);
        ListenTurns turns = new FluxTurns(events::add);
        disturb(turns, new MessageTurmoil(random, FLUX), random);
        int before = turmoilIsOver(turns, seed);
        turns.read(ServiceMessage.read(ListenMessages.turnInfo(0, 0, "StartOfTurn", "well")));
        turns.read(ServiceMessage.read(ListenMessages.turnInfo(1, 0, "EndOfTurn", "well then")));

        assertThat(events.subList(before, events.size()))
                .as("seed %d", seed)
                .startsWith(new SttEvent.SpeechStarted())
                .endsWith(new SttEvent.EndOfTurn("well then"));
    }

    private void disturb(ListenTurns turns, MessageTurmoil messages, Random random) {
        turns.connected();
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(40)) {
                case 0 -> turns.finish();
                case 1 -> turns.expire();
                default -> {
                    String text = messages.next()
                            .replace("TURN", String.valueOf(random.nextInt(20) == 0 ? random.nextInt(9) : i / 20))
                            .replace("SEQUENCE", String.valueOf(random.nextInt(30) == 0 ? 0 : i));
                    turns.read(ServiceMessage.read(text));
                }
            }
        }
    }

    /** What was open is ended, and there is a new connection. */
    private int turmoilIsOver(ListenTurns turns, long seed) {
        SttOrder.check(events);
        turns.finish();
        turns.expire();
        turns.connected();
        SttOrder.check(events);
        assertThat(turns.isQuiet()).as("seed %d", seed).isTrue();
        return events.size();
    }
}
