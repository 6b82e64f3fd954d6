package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.testing.ScriptedReply;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the caller hears when a part of the cascade fails: a sentence, never nothing. */
class CascadeFailureTest {

    private static final CascadeSettings.Phrases PHRASES =
            new CascadeSettings.Phrases("Too busy.", "Some trouble.", "Say again?", "Call later.");

    /** 16 s of it, which are recognised in parts. */
    private static final String LONG_QUESTION = "your hours? ".repeat(40).strip();

    private final Call call = new Call();

    @BeforeEach
    void shortPhrases() {
        call.settings = CascadeSettings.builder().phrases(PHRASES).build();
    }

    @AfterEach
    void eventsAreInOrder() {
        call.checkOrder();
    }

    @Test
    void recognitionFailsOnce_isTriedAgain() {
        call.llm.when("hours", "We open at nine.");
        call.stt.failNext(Call.failure(Kind.BUSY));
        call.open();

        call.speak("Your hours?");
        call.silence(4_000);

        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    @Test
    void partOfLongSpeechFailsOnce_isTriedAgain() {
        call.stt.failNext(Call.failure(Kind.UNAVAILABLE));
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.speak(LONG_QUESTION);
        call.silence(4_000);

        assertThat(call.transcripts()).containsExactly(LONG_QUESTION);
        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    @Test
    void partOfLongSpeechFailsTwice_halfAQuestionIsNotAnswered() {
        call.stt.failNext(Call.failure(Kind.UNAVAILABLE));
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.speak(LONG_QUESTION);
        call.silence(300);
        call.stt.failNext(Call.failure(Kind.UNAVAILABLE));
        call.silence(4_000);

        assertThat(call.transcripts()).isEmpty();
        assertThat(call.heard()).containsExactly("Some trouble.");
    }

    @Test
    void lastPartOfLongSpeechFailsTwice_halfAQuestionIsNotAnswered() {
        call.llm.when("hours", "We open at nine.");
        call.open();

        call.speak(LONG_QUESTION);
        call.stt.failNext(Call.failure(Kind.UNAVAILABLE)).failNext(Call.failure(Kind.UNAVAILABLE));
        call.silence(4_000);

        assertThat(call.transcripts()).isEmpty();
        assertThat(call.heard()).containsExactly("Some trouble.");
    }

    @Test
    void recognitionIsBusy_isSaid_andTheCallGoesOn() {
        call.llm.when("hours", "We open at nine.");
        call.stt.failNext(Call.failure(Kind.BUSY)).failNext(Call.failure(Kind.BUSY));
        call.open();

        call.speak("Your hours?");
        call.silence(4_000);
        assertThat(call.heard()).containsExactly("Too busy.");
        call.speak("Your hours?");
        call.silence(4_000);

        assertThat(call.heard()).containsExactly("Too busy.", "We open at nine.");
    }

    @Test
    void recognitionHangs_isSaid_evenIfNoMoreAudioComes() {
        call.stt.hangNext().hangNext();
        call.open();

        call.speak("Your hours?");
        call.noAudio(15_000);

        assertThat(call.heard()).containsExactly("Some trouble.");
    }

    @Test
    void recognitionIsLate_itsWordsAreStillAnswered() {
        call.llm.when("hours", "We open at nine.");
        call.stt.delay(Duration.ofSeconds(3));
        call.open();

        call.speak("Your hours?");
        call.silence(5_000);

        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    @Test
    void recognitionFailsTurnAfterTurn_theSessionGivesUpAfterASentence() {
        for (int i = 0; i < 4; i++) {
            call.stt.failNext(Call.failure(Kind.INTERNAL));
        }
        call.open();

        call.speak("Your hours?");
        call.silence(3_000);
        call.speak("Your hours?");
        call.silence(3_000);

        assertThat(call.heard()).containsExactly("Some trouble.", "Call later.");
        assertThat(call.events.get(call.events.size() - 1)).isInstanceOf(S2sEvent.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 1_000})
    void detectorDoesNotKeepUp_theSessionGivesUpAfterOneSentence(int timesTooSlow) {
        call.vad = Optional.of(new LateVad(Duration.ZERO, LateVad.WINDOW.multipliedBy(timesTooSlow)));
        call.open();

        call.silence(20_000);

        assertThat(call.heard()).containsExactly("Call later.");
        assertThat(call.events).last().isInstanceOf(S2sEvent.Failed.class);
    }

    @Test
    void noAudioComesForSomeTime_thatIsNotTheDetectorsFault() {
        call.llm.when("hours", "We open at nine.");
        call.open();
        call.silence(20);
        call.noAudio(15_000);

        call.speak("Your hours?");
        call.silence(3_000);

        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    @Test
    void longSpeechWithoutWords_isAskedAbout() {
        call.open();

        call.session().sendAudio(call.unintelligible("a b c d e f g h i j"));
        call.silence(3_000);

        assertThat(call.heard()).containsExactly("Say again?");
    }

    @Test
    void noiseThatCutTheAgentShort_isAskedAbout() {
        call.llm.when("hours", "We open at nine. We close at five.");
        call.open();
        call.speak("Your hours?");
        call.silence(2_000);

        call.session().interrupt(call.all(S2sEvent.ResponseStarted.class).get(0).responseId(), Duration.ofMillis(600));
        call.speak("cough");
        call.silence(2_000);

        assertThat(call.heard()).hasSize(2).last().isEqualTo("Say again?");
    }

    @Test
    void modelFails_isSaid_andTheNextQuestionIsAnswered() {
        call.settings =
                CascadeSettings.builder().phrases(PHRASES).prepareAnswers(false).build();
        call.llm
                .when("hours", ScriptedReply.nothing().fail(Call.failure(Kind.UNAVAILABLE)))
                .when("where", "Here.");
        call.open();

        call.speak("Your hours?");
        call.silence(3_000);
        call.speak("Where are you?");
        call.silence(3_000);

        assertThat(call.heard()).containsExactly("Some trouble.", "Here.");
    }

    @Test
    void modelFailsTwiceInARow_theSessionGivesUpAfterASentence() {
        call.llm.when("hours", ScriptedReply.nothing().fail(Call.failure(Kind.UNAVAILABLE)));
        call.open();

        call.speak("Your hours?");
        call.silence(3_000);
        assertThat(call.all(S2sEvent.Failed.class)).isEmpty();
        call.speak("Your hours?");
        call.silence(3_000);

        assertThat(call.heard()).containsExactly("Some trouble.", "Call later.");
        assertThat(call.events.get(call.events.size() - 1)).isInstanceOf(S2sEvent.Failed.class);
    }

    @Test
    void modelSaysNothing_isGivenUpAtItsDeadline() {
        call.llm.when("hours", ScriptedReply.nothing());
        call.open();

        call.speak("Your hours?");
        call.silence(20_000);

        assertThat(call.heard()).containsExactly("Some trouble.");
    }

    @Test
    void modelBreaksOff_whatItSaidStands() {
        call.llm.when("hours", ScriptedReply.text("We open at nine. And we ").fail(Call.failure(Kind.RATE_LIMITED)));
        call.settings =
                CascadeSettings.builder().phrases(PHRASES).prepareAnswers(false).build();
        call.open();

        call.speak("Your hours?");
        call.silence(4_000);

        assertThat(call.heard()).containsExactly("We open at nine. And we Too busy.");
    }

    @Test
    void modelStallsInTheMiddle_whatItSaidStands() {
        call.llm.when("hours", ScriptedReply.text("We open at nine. And we "));
        call.open();

        call.speak("Your hours?");
        call.silence(15_000);

        assertThat(call.heard()).containsExactly("We open at nine. And we Some trouble.");
    }

    @Test
    void modelAnswersNothing_isAskedAgain() {
        call.llm.when("hours", ScriptedReply.nothing().done());
        call.open();

        call.speak("Your hours?");
        call.silence(3_000);

        assertThat(call.heard()).containsExactly("Say again?");
    }

    @Test
    void voiceFails_isSaidInItsPlace() {
        call.llm.when("hours", "We open at nine. We close at five.");
        call.settings =
                CascadeSettings.builder().phrases(PHRASES).prepareAnswers(false).build();
        call.tts.failNext(Call.failure(Kind.BUSY));
        call.open();

        call.speak("Your hours?");
        call.silence(3_000);

        assertThat(call.heard()).containsExactly("Too busy.");
        assertThat(call.all(S2sEvent.ResponseDone.class)).hasSize(1);
    }

    @Test
    void voiceHangs_isSaidAtItsDeadline() {
        call.llm.when("hours", "We open at nine. We close at five.");
        call.settings =
                CascadeSettings.builder().phrases(PHRASES).prepareAnswers(false).build();
        call.tts.hangNext();
        call.open();

        call.speak("Your hours?");
        call.silence(10_000);

        assertThat(call.heard()).containsExactly("Some trouble.");
    }

    @Test
    void voiceIsGone_theSessionGivesUp() {
        call.llm.when("hours", "We open at nine.");
        call.settings =
                CascadeSettings.builder().phrases(PHRASES).prepareAnswers(false).build();
        call.tts.failNext(Call.failure(Kind.UNAVAILABLE)).failNext(Call.failure(Kind.UNAVAILABLE));
        call.open();

        call.speak("Your hours?");
        call.silence(10_000);

        assertThat(call.events.get(call.events.size() - 1)).isInstanceOf(S2sEvent.Failed.class);
    }

    @Test
    void preparedAnswerFails_itIsAskedForAgain() {
        call.llm.when("hours", "We open at nine.");
        call.tts.failNext(Call.failure(Kind.BUSY));
        call.open();

        call.speak("Your hours?");
        call.silence(3_000);

        assertThat(call.heard()).containsExactly("We open at nine.");
        assertThat(call.llm.histories()).hasSize(2);
    }
}
