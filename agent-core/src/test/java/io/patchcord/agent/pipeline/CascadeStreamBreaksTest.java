package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.S2sEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns of a cascade whose recogniser takes a stream that breaks. */
class CascadeStreamBreaksTest extends StreamedCascade {

    @Test
    void streamThatIsToldBreaksWhenItWasAsked_theNextIsAskedTheSame() {
        use(isTold);
        call.llm.when("hours", "We open at nine.");
        call.open();
        call.speak("What are your hours?");
        call.silence(260);
        breakStream();
        call.silence(4_000);

        assertThat(call.transcripts()).containsExactly("What are your hours?");
        assertThat(call.heard()).containsExactly("We open at nine.");
        assertThat(isTold.opened()).isEqualTo(2);
    }

    @Test
    void streamThatIsToldBreaksAfterAPauseInTheTurn_onlyWhatHadNoWordsIsHeardAgain() {
        use(isTold);
        call.llm.when("A table, on Saturday.", "Done.").when("", "What?");
        call.open();
        call.speak("A table,");
        call.silence(500);
        call.speak("on");
        breakStream();
        call.speak("Saturday.");
        call.silence(4_000);

        assertThat(call.transcripts()).containsExactly("A table, on Saturday.");
        assertThat(call.heard()).containsExactly("Done.");
    }

    @Test
    void streamBreaksWhileTheDetectorIsLate_noWordIsHeardTwice() {
        use(isTold);
        call.vad = Optional.of(new LateVad(Duration.ofMillis(300), Duration.ZERO));
        call.llm.when("", "Done.");
        call.open();
        call.speak("A table,");
        call.silence(280);
        call.speak("on this");
        breakStream();
        call.speak("Saturday.");
        call.silence(4_000);

        assertThat(call.transcripts()).containsExactly("A table, on this Saturday.");
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "true, 2", "false, 1", "false, 2"})
    void streamBreaksInATurn_theNextHearsTheTurnFromItsBeginning(boolean itFindsTurns, int breaks) {
        use(ears(itFindsTurns));
        call.vad = itFindsTurns ? Optional.empty() : call.vad;
        call.llm.when("What are your hours", "We open at nine.").when("", "What?");
        call.open();
        call.speak("What are your");
        for (int i = 0; i < breaks; i++) {
            breakStream();
            call.silence(40);
        }
        call.speak("hours?");
        call.silence(4_000);

        assertThat(call.transcripts()).containsExactly("What are your hours?");
        assertThat(call.heard()).containsExactly("We open at nine.");
        assertThat(ears(itFindsTurns).opened()).isEqualTo(1 + breaks);
        call.speak("What are your hours?");
        call.silence(4_000);
        assertThat(call.transcripts()).hasSize(2).last().isEqualTo("What are your hours?");
    }

    @Test
    void streamBreaksAfterTheEagerEnd_whatWasPreparedIsVoid_andTheTurnIsAnsweredOnce() {
        useWithoutVad(findsTurns);
        call.llm.when("hours", "We open at nine.");
        call.open();
        call.speak("What are your hours?");
        call.silence(500);
        breakStream();
        call.silence(4_000);

        assertThat(call.transcripts()).containsExactly("What are your hours?");
        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    @Test
    void streamBreaksBetweenTurns_nobodyNotices() {
        useWithoutVad(findsTurns);
        call.llm.when("hours", "We open at nine.");
        call.open();
        call.speak("What are your hours?");
        call.silence(3_000);
        breakStream();
        call.silence(3_000);

        assertThat(call.transcripts()).hasSize(1);
        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    @Test
    void streamBreaksAgainAndAgain_theSessionGivesUpAfterASentence() {
        useWithoutVad(findsTurns);
        call.settings = CascadeSettings.builder().phrases(PHRASES).build();
        call.open();
        for (int i = 0; i < 3; i++) {
            breakStream();
            call.silence(2_000);
        }
        call.silence(4_000);

        assertThat(call.heard()).containsExactly("Call later.");
        assertThat(call.events).last().isInstanceOf(S2sEvent.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void streamBreaksNowAndThenInALongSilence_isOpenedAnewEachTime(boolean itFindsTurns) {
        use(ears(itFindsTurns));
        call.llm.when("hours", "We open at nine.");
        call.open();
        for (int i = 0; i < 3; i++) {
            call.silence(25_000);
            breakStream();
        }
        call.silence(1_000);
        call.speak("What are your hours?");
        call.silence(4_000);

        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void streamBreaksOnceInEachTurn_allAreHeard(boolean itFindsTurns) {
        use(ears(itFindsTurns));
        call.llm.when("hours", "Nine.");
        call.open();
        for (int i = 0; i < 4; i++) {
            call.speak("Your");
            breakStream();
            call.speak("hours?");
            call.silence(2_500);
        }

        assertThat(call.heard()).containsExactly("Nine.", "Nine.", "Nine.", "Nine.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void streamBreaksEachTimeItHasToldAWord_theSessionGivesUpAfterASentence(boolean itFindsTurns) {
        use(ears(itFindsTurns));
        call.settings = CascadeSettings.builder().phrases(PHRASES).build();
        call.open();
        for (int i = 0; i < 3; i++) {
            call.speak("What are your hours");
            breakStream();
        }
        call.silence(4_000);

        assertThat(call.heard()).containsExactly("Call later.");
        assertThat(call.events).last().isInstanceOf(S2sEvent.Failed.class);
    }

    @Test
    void streamIsLostWhenItWasAsked_callerIsNotAskedToSayThatAgain() {
        use(isTold.delay(Duration.ofSeconds(3)));
        call.settings = CascadeSettings.builder().phrases(PHRASES).build();
        call.open();
        call.speak("What are your hours?");
        call.silence(1_000);
        for (int i = 0; i < 3; i++) {
            breakStream();
            call.silence(600);
        }
        call.silence(10_000);

        assertThat(call.heard()).containsExactly("Call later.");
    }

    @Test
    void streamIsLostAfterTheEagerEnd_whatWasPreparedIsNotHeard() {
        useWithoutVad(findsTurns);
        call.settings = CascadeSettings.builder()
                .phrases(PHRASES)
                .recognisesAgain(false)
                .build();
        call.llm.when("hours", "We open at nine.");
        call.open();
        call.speak("What are your hours?");
        call.silence(500);
        breakStream();
        call.silence(4_000);

        assertThat(call.heard()).containsExactly("Call later.");
    }

    @Test
    void streamSwallowsARequestForItsWords_theNextQuestionIsAnswered() {
        use(isTold);
        call.settings = CascadeSettings.builder().phrases(PHRASES).build();
        call.llm.when("hours", "We open at nine.").when("where", "Here.");
        call.open();
        isTold.swallowNext();
        call.speak("Your hours?");
        call.silence(8_000);
        assertThat(call.heard()).containsExactly("Some trouble.");
        for (String question : List.of("Where are you?", "What are your hours?")) {
            call.speak(question);
            call.silence(3_000);
        }

        assertThat(call.transcripts()).containsExactly("Where are you?", "What are your hours?");
        assertThat(isTold.opened()).isEqualTo(2);
        assertThat(isTold.open()).isEqualTo(1);
    }
}
