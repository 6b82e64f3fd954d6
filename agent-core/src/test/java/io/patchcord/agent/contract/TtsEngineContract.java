package io.patchcord.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds for every voice. */
public abstract class TtsEngineContract extends EngineContract<TtsEngine> {

    /** A clause that takes more than half a second to say. */
    protected String clause() {
        return "We are open from nine to five,";
    }

    /** Another one. */
    protected String otherClause() {
        return "and on Saturdays until noon.";
    }

    @Test
    void clause_isAudibleInTheEnginesFormat_andThenDoneOnce() {
        EventLog<Told> log = newLog();
        TtsSession session = open(log);

        speak(session, log, "c1", clause());
        List<Told> events = awaitEnd(log, "c1");

        AudioFrame audio = audio(events, "c1");
        assertThat(audio.duration()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(20));
        assertThat(Pieces.loudness(audio)).as("loudness").isGreaterThan(100);
        assertThat(events).filteredOn(event -> event.what() != What.AUDIO).hasSize(1);
        assertThat(events.get(events.size() - 1).what()).isEqualTo(What.DONE);
        loop().run(session::close);
    }

    @Test
    void clauses_areSpokenInTheirOrder() {
        EventLog<Told> log = newLog();
        TtsSession session = open(log);

        loop().run(() -> log.quietly(() -> {
            session.speak("c1", clause());
            session.speak("c2", otherClause());
            session.speak("c3", clause());
        }));
        List<Told> events = awaitEnd(log, "c3");

        assertThat(events.stream().map(Told::clauseId).toList()).isSorted();
        assertThat(events)
                .filteredOn(event -> event.what() != What.AUDIO)
                .extracting(Told::what, Told::clauseId)
                .containsExactly(tuple(What.DONE, "c1"), tuple(What.DONE, "c2"), tuple(What.DONE, "c3"));
        loop().run(session::close);
    }

    @Test
    void nothingToSay_isDone() {
        EventLog<Told> log = newLog();
        TtsSession session = open(log);

        speak(session, log, "c1", " ");
        speak(session, log, "c2", clause());
        List<Told> events = awaitEnd(log, "c2");

        assertThat(events).contains(new Told(What.DONE, "c1", null, ""));
        assertThat(events).noneMatch(event -> event.what() == What.FAILED);
        loop().run(session::close);
    }

    @Test
    void cancelledClauses_areNotHeardOf_andTheNextOneIs() {
        EventLog<Told> log = newLog();
        TtsSession session = open(log);
        loop().run(() -> {
            session.speak("c1", clause());
            session.speak("c2", clause());
            session.cancel();
            session.cancel();
        });

        speak(session, log, "c3", otherClause());
        List<Told> events = awaitEnd(log, "c3");

        assertThat(events).allSatisfy(event -> assertThat(event.clauseId()).isEqualTo("c3"));
        loop().run(session::close);
    }

    @Test
    void cancelInTheMiddleOfAClause_stopsItsAudio() {
        EventLog<Told> log = newLog();
        TtsSession[] session = new TtsSession[1];
        int[] atCancel = new int[1];
        loop().run(() -> session[0] = engine().open(loop(), Optional.empty(), new Listener(log) {
            @Override
            public void onAudio(String clauseId, AudioFrame audio) {
                super.onAudio(clauseId, audio);
                if (clauseId.equals("c1") && atCancel[0] == 0) {
                    session[0].cancel();
                    atCancel[0] = log.events().size();
                    session[0].speak("c2", otherClause());
                }
            }
        }));

        loop().run(() -> session[0].speak("c1", clause()));
        List<Told> events = awaitEnd(log, "c2");

        assertThat(events.subList(atCancel[0], events.size()))
                .allSatisfy(event -> assertThat(event.clauseId()).isEqualTo("c2"));
        loop().run(session[0]::close);
    }

    @Test
    void nothingComesAfterClose() {
        EventLog<Told> log = newLog();
        TtsSession session = open(log);
        loop().run(() -> {
            session.speak("c1", clause());
            session.close();
            session.speak("c2", clause());
            session.cancel();
            session.close();
        });

        EventLog<Told> other = newLog();
        TtsSession second = open(other);
        speak(second, other, "c1", otherClause());
        awaitEnd(other, "c1");
        loop().run(second::close);

        assertThat(log.events()).isEmpty();
    }

    @Test
    void twoCallsAtOnce_hearTheirOwn() {
        EventLog<Told> one = newLog();
        EventLog<Told> two = newLog();
        TtsSession first = open(one);
        TtsSession second = open(two);

        speak(first, one, "a", clause());
        speak(second, two, "b", otherClause());

        assertThat(awaitEnd(one, "a"))
                .allSatisfy(event -> assertThat(event.clauseId()).isEqualTo("a"));
        assertThat(awaitEnd(two, "b"))
                .allSatisfy(event -> assertThat(event.clauseId()).isEqualTo("b"));
        loop().run(() -> {
            first.close();
            second.close();
        });
    }

    private TtsSession open(EventLog<Told> log) {
        return loop().call(() -> engine().open(loop(), Optional.empty(), new Listener(log)));
    }

    private void speak(TtsSession session, EventLog<Told> log, String clauseId, String text) {
        loop().run(() -> log.quietly(() -> session.speak(clauseId, text)));
    }

    private List<Told> awaitEnd(EventLog<Told> log, String clauseId) {
        List<Told> events = log.await(
                "the end of clause " + clauseId,
                all -> all.stream()
                        .anyMatch(event -> event.what() == What.FAILED
                                || (event.what() == What.DONE
                                        && event.clauseId().equals(clauseId))));
        assertThat(events).noneMatch(event -> event.what() == What.FAILED);
        return events;
    }

    private AudioFrame audio(List<Told> events, String clauseId) {
        List<AudioFrame> pieces = events.stream()
                .filter(event -> event.what() == What.AUDIO && event.clauseId().equals(clauseId))
                .map(Told::audio)
                .toList();
        assertThat(pieces).allSatisfy(piece -> assertThat(piece.format()).isEqualTo(engine().outputFormat()));
        return Pieces.join(engine().outputFormat(), pieces);
    }

    private enum What {
        AUDIO,
        DONE,
        FAILED
    }

    private record Told(What what, String clauseId, AudioFrame audio, String error) {}

    private static class Listener implements TtsListener {

        private final EventLog<Told> log;

        Listener(EventLog<Told> log) {
            this.log = log;
        }

        @Override
        public void onAudio(String clauseId, AudioFrame audio) {
            log.add(new Told(What.AUDIO, clauseId, audio, ""));
        }

        @Override
        public void onDone(String clauseId) {
            log.add(new Told(What.DONE, clauseId, null, ""));
        }

        @Override
        public void onFailed(String clauseId, ProviderException error) {
            log.add(new Told(What.FAILED, clauseId, null, error.kind() + " " + error.getMessage()));
        }
    }
}
