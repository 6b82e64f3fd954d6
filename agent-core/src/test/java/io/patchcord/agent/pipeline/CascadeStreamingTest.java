package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.spi.ConversationItem.CallerSaid;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.testing.ScriptedStreamingStt;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns of a cascade whose recogniser takes a stream. */
class CascadeStreamingTest extends StreamedCascade {

    @Test
    void recogniserEndsTheTurn_noDetectorIsNeeded() {
        useWithoutVad(findsTurns);
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.speak("What are your hours?");
        Duration end = call.now();
        call.silence(3_000);

        assertThat(call.transcripts()).containsExactly("What are your hours?");
        assertThat(call.heard()).containsExactly("We open at nine.");
        assertThat(call.all(S2sEvent.SpeechStarted.class)).hasSize(1);
        Duration told =
                Duration.ofNanos(call.all(S2sEvent.TurnEnded.class).get(0).speechEndNanos());
        assertThat(told.minus(end).abs()).isLessThan(Duration.ofMillis(80));
    }

    @Test
    void answerIsPreparedOnTheEagerEnd_andHeardOnTheRealOne() {
        useWithoutVad(findsTurns);
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.speak("What are your hours?");
        call.silence(600);
        assertThat(call.tts.spoken()).containsExactly("We open at nine.");
        assertThat(call.all(S2sEvent.ResponseStarted.class)).isEmpty();
        call.silence(160);

        assertThat(call.all(S2sEvent.ResponseAudio.class)).isNotEmpty();
        assertThat(call.llm.histories()).hasSize(1);
    }

    @Test
    void callerGoesOnAfterTheEagerEnd_whatWasPreparedIsVoid() {
        useWithoutVad(findsTurns);
        call.llm.when("hours", "We open at nine.").when("", "What?");
        call.open();

        call.speak("Tell me.");
        call.silence(500);
        call.speak("Your hours?");
        call.silence(3_000);

        assertThat(call.llm.discarded()).containsExactly("Tell me.");
        assertThat(call.lastHistory()).containsExactly(new CallerSaid("Tell me. Your hours?"));
        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    @Test
    void interimWords_areToldAsTheyCome() {
        useWithoutVad(findsTurns);
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.speak("What are your hours?");
        call.silence(2_000);

        assertThat(call.all(S2sEvent.InputTranscript.class))
                .filteredOn(words -> !words.isFinal())
                .extracting(S2sEvent.InputTranscript::text)
                .contains("What", "What are", "What are your");
    }

    @Test
    void audioStops_theRecogniserHearsSilenceAndEndsTheTurn() {
        useWithoutVad(findsTurns);
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.speak("What are your hours?");
        call.noAudio(5_000);

        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    @Test
    void detectorBesideIt_tellsTheBeginningBeforeTheFirstWord() {
        use(findsTurns);
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.speak("What are your hours?");
        call.silence(3_000);

        int started = call.events.indexOf(new S2sEvent.SpeechStarted());
        int firstWords =
                call.events.indexOf(call.all(S2sEvent.InputTranscript.class).get(0));
        assertThat(started).isLessThan(firstWords);
        assertThat(call.heard()).containsExactly("We open at nine.");
        assertThat(call.all(S2sEvent.SpeechStopped.class)).hasSize(1);
    }

    @Test
    void noiseForTheDetector_letsTheHeldAnswerGo() {
        use(findsTurns);
        call.llm.when("hours", "We open at nine.");
        call.tts.delay(Duration.ofMillis(900), Duration.ofMillis(10));
        call.settings = CascadeSettings.builder().prepareAnswers(false).build();
        call.open();

        call.speak("Your hours?");
        call.silence(740);
        call.session().sendAudio(call.unintelligible("a"));
        call.silence(5_000);

        assertThat(call.all(S2sEvent.SpeechStarted.class)).hasSize(2);
        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    @Test
    void recogniserThatTellsOnlyWholeTurns_isHeardAfterANoise() {
        use(findsTurns.wholeTurns());
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.session().sendAudio(call.unintelligible("a b"));
        call.silence(4_000);
        for (int i = 0; i < 2; i++) {
            call.speak("What are your hours?");
            call.silence(6_000);
        }

        assertThat(call.transcripts()).containsExactly("What are your hours?", "What are your hours?");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10})
    void recogniserThatTellsOnlyWholeTurns_isNotGivenUpWhenTheCallerHasJustPaused(int words) {
        use(findsTurns.wholeTurns());
        call.llm.when("", "I see.");
        call.open();

        call.speak("a ".repeat(words).strip());
        call.silence(3_000);

        assertThat(call.transcripts()).hasSize(1);
        assertThat(call.heard()).containsExactly("I see.");
    }

    @Test
    void recogniserEndsTheTurnAfterPatienceHas_itIsNotAnsweredTwice() {
        useWithoutVad(findsTurns.neverEnds());
        call.llm.when("hours", "We open at nine.");
        call.open();
        call.speak("What are your hours?");
        call.silence(10_000);
        findsTurns.endsAfterAll().wholeTurns();
        call.silence(4_000);

        assertThat(call.transcripts()).containsExactly("What are your hours?");
    }

    @Test
    void recogniserIsLaterThanPatience_itsWordsAreStillAnswered() {
        use(findsTurns.neverEnds().wholeTurns());
        call.llm.when("hours", "We open at nine.");
        call.open();
        call.speak("What are your hours?");
        call.silence(3_000);
        findsTurns.endsAfterAll();
        call.silence(3_000);

        assertThat(call.transcripts()).containsExactly("What are your hours?");
    }

    @Test
    void recogniserNeverEndedTheTurnBefore_theNextIsHeardAllTheSame() {
        use(findsTurns.neverEnds());
        call.llm.when("hours", "We open at nine.");
        call.open();
        call.speak("What are your hours?");
        call.silence(10_000);
        breakStream();
        call.silence(1_000);
        findsTurns.endsAfterAll().wholeTurns();
        call.speak("What hours?");
        call.silence(4_000);

        assertThat(call.transcripts()).containsExactly("What are your hours?", "What hours?");
    }

    @Test
    void recogniserWithoutTurns_isAskedAtThePause_andThePunctuationDecides() {
        use(isTold);
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.speak("What are your hours?");
        Duration end = call.now();
        call.silence(3_000);

        assertThat(call.transcripts()).containsExactly("What are your hours?");
        assertThat(call.timeOf(S2sEvent.TurnEnded.class).minus(end))
                .isBetween(Duration.ofMillis(400), Duration.ofMillis(500));
        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    @Test
    void recogniserWithoutTurns_wordsBeforeAndAfterAPauseAreOneTurn() {
        use(isTold);
        call.llm.when("saturday", "For how many?");
        call.open();

        call.speak("A table,");
        call.silence(600);
        call.speak("on Saturday.");
        call.silence(3_000);

        assertThat(call.transcripts()).containsExactly("A table, on Saturday.");
    }

    @Test
    void recogniserIsLate_itsWordsGoToTheRightPart() {
        isTold.delay(Duration.ofMillis(900));
        use(isTold);
        call.llm.when("saturday", "For how many?");
        call.open();

        call.speak("A table,");
        call.silence(400);
        call.speak("on Saturday.");
        call.silence(4_000);

        assertThat(call.transcripts()).containsExactly("A table, on Saturday.");
    }

    @Test
    void recogniserNeverEndsTheTurn_itIsEndedByPatience() {
        useWithoutVad(new ScriptedStreamingStt(call.tones, true).neverEnds());
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.speak("What are your hours?");
        call.silence(10_000);

        assertThat(call.heard()).containsExactly("We open at nine.");
        assertThat(call.transcripts()).hasSize(1);
    }

    @Test
    void noDetectorAndNoTurns_isRefused() {
        assertThatThrownBy(() -> {
                    useWithoutVad(isTold);
                    call.open();
                })
                .hasMessageContaining("voice activity detector");
    }
}
