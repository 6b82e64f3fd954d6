package io.patchcord.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.SttSession;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every recogniser of streams. Audio goes out at the speed of a telephone call. */
public abstract class StreamingSttEngineContract extends SttEngineContract<StreamingSttEngine> {

    private static final Duration FRAME = Duration.ofMillis(20);

    /** Silence after which the engine surely sees the end of a turn, if it detects turns. */
    protected Duration silenceAfterTurn() {
        return Duration.ofSeconds(3);
    }

    @Test
    void detectedTurn_endsWithAllItsWords() {
        assumeTrue(engine().detectsTurns(), "detects no turns");
        EventLog<SttEvent> log = newLog();
        SttSession session = open(log);

        send(session, speech(), silence(silenceAfterTurn()));

        assertThat(awaitEndOfTurn(log, 1)).contains(spokenWord());
        loop().run(session::close);
        assertGuessesAreInOrder(log.events());
    }

    @Test
    void finish_endsTheTurnWithAllItsWords_andTheSessionGoesOn() {
        assumeFalse(engine().detectsTurns(), "detects turns itself");
        EventLog<SttEvent> log = newLog();
        SttSession session = open(log);

        send(session, speech(), silence(Duration.ofMillis(200)));
        loop().run(session::finish);
        assertThat(awaitEndOfTurn(log, 1)).contains(spokenWord());

        send(session, speech(), silence(Duration.ofMillis(200)));
        loop().run(session::finish);
        assertThat(awaitEndOfTurn(log, 2)).contains(spokenWord());
        loop().run(session::close);
    }

    @Test
    void finishWithoutSpeech_endsAnEmptyTurn() {
        assumeFalse(engine().detectsTurns(), "detects turns itself");
        EventLog<SttEvent> log = newLog();
        SttSession session = open(log);

        send(session, silence(Duration.ofMillis(300)));
        loop().run(session::finish);

        assertThat(awaitEndOfTurn(log, 1)).isBlank();
        loop().run(session::close);
    }

    @Test
    void nothingComesAfterClose() {
        EventLog<SttEvent> log = newLog();
        SttSession session = open(log);
        int[] atClose = new int[1];
        send(session, speech());
        loop().run(() -> {
            session.close();
            atClose[0] = log.events().size();
            session.sendAudio(speech());
            session.finish();
            session.close();
        });

        EventLog<SttEvent> other = newLog();
        SttSession second = open(other);
        send(second, speech(), silence(silenceAfterTurn()));
        loop().run(() -> {
            if (!engine().detectsTurns()) {
                second.finish();
            }
        });
        awaitEndOfTurn(other, 1);
        loop().run(second::close);

        assertThat(log.events()).hasSize(atClose[0]);
    }

    private SttSession open(EventLog<SttEvent> log) {
        return loop().call(() -> engine().open(loop(), "en", log::add));
    }

    private void send(SttSession session, AudioFrame... audio) {
        Iterator<AudioFrame> frames = Stream.of(audio)
                .flatMap(part -> Pieces.of(part, FRAME).stream())
                .iterator();
        PacedSender.send(loop(), FRAME, frames, session::sendAudio).join();
    }

    private static String awaitEndOfTurn(EventLog<SttEvent> log, int count) {
        List<SttEvent> events =
                log.await("end of turn number " + count, all -> ends(all).size() >= count || failed(all));
        assertThat(events).as("no failure").noneMatch(SttEvent.Failed.class::isInstance);
        return ends(events).get(count - 1).text().toLowerCase(Locale.ROOT);
    }

    /** A guess is taken back before the next one, and nothing is taken back that was not guessed. */
    private static void assertGuessesAreInOrder(List<SttEvent> events) {
        boolean guessed = false;
        for (SttEvent event : events) {
            if (event instanceof SttEvent.EagerEndOfTurn) {
                assertThat(guessed).as("a guess still stands in %s", events).isFalse();
                guessed = true;
            } else if (event instanceof SttEvent.TurnResumed) {
                assertThat(guessed).as("a guess to take back in %s", events).isTrue();
                guessed = false;
            } else if (event instanceof SttEvent.EndOfTurn) {
                guessed = false;
            }
        }
    }

    private static List<SttEvent.EndOfTurn> ends(List<SttEvent> events) {
        return events.stream()
                .filter(SttEvent.EndOfTurn.class::isInstance)
                .map(SttEvent.EndOfTurn.class::cast)
                .toList();
    }

    private static boolean failed(List<SttEvent> events) {
        return events.stream().anyMatch(SttEvent.Failed.class::isInstance);
    }
}
