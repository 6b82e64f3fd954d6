package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.testing.ScriptedStreamingStt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns of a cascade whose recogniser takes a stream that breaks. */
class CascadeStreamBreaksTest {

    private static final CascadeSettings.Phrases PHRASES =
            new CascadeSettings.Phrases("Too busy.", "Some trouble.", "Say again?", "Call later.");

    private final Call call = new Call();
    private final ScriptedStreamingStt findsTurns = new ScriptedStreamingStt(call.tones, true);
    private final ScriptedStreamingStt isTold = new ScriptedStreamingStt(call.tones, false);

    @AfterEach
    void eventsAreInOrder() {
        call.checkOrder();
    }

    @Test
    void streamThatIsToldBreaksWhenItWasAsked_theNextIsAskedTheSame() {
        call.ears = isTold;
        call.llm.when("hours", "We open at nine.");
        call.open();
        call.speak("What are your hours?");
        call.silence(260);
        isTold.fail(Call.failure(Kind.UNAVAILABLE));
        call.silence(4_000);

        assertThat(call.transcripts()).containsExactly("What are your hours?");
        assertThat(call.heard()).containsExactly("We open at nine.");
        assertThat(isTold.opened()).isEqualTo(2);
    }

    @Test
    void streamThatIsToldBreaksAfterAPauseInTheTurn_onlyWhatHadNoWordsIsHeardAgain() {
        call.ears = isTold;
        call.llm.when("A table, on Saturday.", "Done.").when("", "What?");
        call.open();
        call.speak("A table,");
        call.silence(500);
        call.speak("on");
        isTold.fail(Call.failure(Kind.UNAVAILABLE));
        call.speak("Saturday.");
        call.silence(4_000);

        assertThat(call.transcripts()).containsExactly("A table, on Saturday.");
        assertThat(call.heard()).containsExactly("Done.");
    }

    @Test
    void streamBreaksWhileTheDetectorIsLate_noWordIsHeardTwice() {
        call.ears = isTold;
        call.vad = Optional.of(new LateVad(Duration.ofMillis(300), Duration.ZERO));
        call.llm.when("", "Done.");
        call.open();
        call.speak("A table,");
        call.silence(280);
        call.speak("on this");
        isTold.fail(Call.failure(Kind.UNAVAILABLE));
        call.speak("Saturday.");
        call.silence(4_000);

        assertThat(call.transcripts()).containsExactly("A table, on this Saturday.");
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "true, 2", "false, 1", "false, 2"})
    void streamBreaksInATurn_theNextHearsTheTurnFromItsBeginning(boolean itFindsTurns, int breaks) {
        ScriptedStreamingStt ears = itFindsTurns ? findsTurns : isTold;
        call.ears = ears;
        call.vad = itFindsTurns ? Optional.empty() : call.vad;
        call.llm.when("What are your hours", "We open at nine.").when("", "What?");
        call.open();
        call.speak("What are your");
        for (int i = 0; i < breaks; i++) {
            ears.fail(Call.failure(Kind.UNAVAILABLE));
            call.silence(40);
        }
        call.speak("hours?");
        call.silence(4_000);

        assertThat(call.transcripts()).containsExactly("What are your hours?");
        assertThat(call.heard()).containsExactly("We open at nine.");
        assertThat(ears.opened()).isEqualTo(1 + breaks);
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
        findsTurns.fail(Call.failure(Kind.UNAVAILABLE));
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
        findsTurns.fail(Call.failure(Kind.UNAVAILABLE));
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
            findsTurns.fail(Call.failure(Kind.UNAVAILABLE));
            call.silence(2_000);
        }
        call.silence(4_000);

        assertThat(call.heard()).containsExactly("Call later.");
        assertThat(call.events).last().isInstanceOf(S2sEvent.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void streamBreaksNowAndThenInALongSilence_isOpenedAnewEachTime(boolean itFindsTurns) {
        ScriptedStreamingStt ears = itFindsTurns ? findsTurns : isTold;
        call.ears = ears;
        call.llm.when("hours", "We open at nine.");
        call.open();
        for (int i = 0; i < 3; i++) {
            call.silence(25_000);
            ears.fail(Call.failure(Kind.UNAVAILABLE));
        }
        call.silence(1_000);
        call.speak("What are your hours?");
        call.silence(4_000);

        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void streamBreaksOnceInEachTurn_allAreHeard(boolean itFindsTurns) {
        ScriptedStreamingStt ears = itFindsTurns ? findsTurns : isTold;
        call.ears = ears;
        call.llm.when("hours", "Nine.");
        call.open();
        for (int i = 0; i < 4; i++) {
            call.speak("Your");
            ears.fail(Call.failure(Kind.UNAVAILABLE));
            call.speak("hours?");
            call.silence(2_500);
        }

        assertThat(call.heard()).containsExactly("Nine.", "Nine.", "Nine.", "Nine.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void streamBreaksEachTimeItHasToldAWord_theSessionGivesUpAfterASentence(boolean itFindsTurns) {
        ScriptedStreamingStt ears = itFindsTurns ? findsTurns : isTold;
        call.ears = ears;
        call.settings = CascadeSettings.builder().phrases(PHRASES).build();
        call.open();
        for (int i = 0; i < 3; i++) {
            call.speak("What are your hours");
            ears.fail(Call.failure(Kind.UNAVAILABLE));
        }
        call.silence(4_000);

        assertThat(call.heard()).containsExactly("Call later.");
        assertThat(call.events).last().isInstanceOf(S2sEvent.Failed.class);
    }

    @Test
    void streamIsLostWhenItWasAsked_callerIsNotAskedToSayThatAgain() {
        call.ears = isTold.delay(Duration.ofSeconds(3));
        call.settings = CascadeSettings.builder().phrases(PHRASES).build();
        call.open();
        call.speak("What are your hours?");
        call.silence(1_000);
        for (int i = 0; i < 3; i++) {
            isTold.fail(Call.failure(Kind.UNAVAILABLE));
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
        findsTurns.fail(Call.failure(Kind.UNAVAILABLE));
        call.silence(4_000);

        assertThat(call.heard()).containsExactly("Call later.");
    }

    @Test
    void streamSwallowsARequestForItsWords_theNextQuestionIsAnswered() {
        call.ears = isTold;
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

    private void useWithoutVad(ScriptedStreamingStt stt) {
        call.ears = stt;
        call.vad = Optional.empty();
    }
}
