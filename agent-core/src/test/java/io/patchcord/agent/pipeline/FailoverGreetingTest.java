package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.AgentProfile;
import io.patchcord.agent.CallEvent;
import io.patchcord.agent.contract.Pieces;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.testing.ScriptedLlm;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The caller is greeted once, and to the end, whoever it is that greets. */
class FailoverGreetingTest extends TwoProviders {

    @Test
    void greetingThatBrokeOff_beforeItsProviderGaveUp_isSaidToItsEnd() {
        second.can(new S2sCapabilities(true, true, true, false));
        call.start(call.engine(first, second));
        call.loop.advance(Duration.ofMillis(300));
        first.breakOff();
        call.silence(1_000);
        first.fail(down);
        call.silence(4_000);

        assertThat(call.heard()).isEqualTo(FailoverCall.GREETING);
    }

    @Test
    void firstRefusesTheCall_secondGreets_andTheCallerDoesNotNotice() {
        first.refuses(down);
        call.start(call.engine(first, second));
        call.silence(2_000);

        assertThat(call.heard()).isEqualTo(FailoverCall.GREETING);
        assertThat(first.requests()).hasSize(1);
    }

    @Test
    void callerWhoSpeaksIntoTheSilenceBeforeTheGreeting_doesNotCutItShort() {
        first.neverReady(true);
        call.start(call.engine(first, second));
        call.silence(500);
        call.speak(QUESTION);
        call.silence(10_000);

        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING);
        assertThat(call.all(CallEvent.Interrupted.class)).isEmpty();
        call.speak(QUESTION);
        call.silence(3_000);
        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING + " " + ANSWER);
    }

    @Test
    void callerWhoBegins_becauseNobodyGreets_isHeardFromTheBeginning() {
        first.neverReady(true);
        StringBuilder words = new StringBuilder();
        S2sSession session = call.engine(first, second).open(ungreeted(), event -> {
            if (event instanceof S2sEvent.ResponseText text) {
                words.append(text.text());
            }
        });
        for (AudioFrame frame : Pieces.of(call.tones.speak(8_000, QUESTION), FailoverCall.PTIME)) {
            session.sendAudio(frame);
            call.loop.advance(FailoverCall.PTIME);
        }
        for (int i = 0; i < 500; i++) {
            session.sendAudio(AudioFrame.silence(AudioFormat.SLIN_8K, FailoverCall.PTIME));
            call.loop.advance(FailoverCall.PTIME);
        }

        assertThat(words.toString().replace(FailoverCall.MOMENT, "")).isEqualTo(ANSWER);
    }

    @Test
    void profileWithoutAGreeting_isNotGreetedTwice() {
        call.profile = AgentProfile.builder("test").build();
        call.start(call.engine(first, second));
        call.silence(500);
        first.drop();
        call.silence(1_000);
        call.speak(QUESTION);
        call.silence(4_000);

        assertThat(call.heard()).isEqualTo(ANSWER);
    }

    @Test
    void greetingThatBreaksOffWithItsSession_isSaidToItsEnd() {
        second.can(new S2sCapabilities(true, true, true, false));
        call.start(call.engine(first, second));
        call.loop.advance(Duration.ofMillis(300));
        first.drop();
        call.silence(4_000);

        assertThat(call.heard()).isEqualTo(FailoverCall.GREETING);
    }

    @Test
    void noiseThatALostSessionTookForATurn_isNotAnsweredByTheGreetingOfTheNext() {
        call.start(call.engine(first, second));
        call.silence(160);
        first.takesNoiseForATurn();
        first.drop();
        call.silence(30_000);

        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING);
        assertThat(second.open()).isEqualTo(1);
        assertThat(first.requests()).hasSize(1);
    }

    @Test
    void nobodyGreets_callersFirstQuestionIsNotPassedOver() {
        call.profile = AgentProfile.builder("test").build();
        ScriptedLlm llm = new ScriptedLlm().when(QUESTION, ANSWER);
        first.neverReady(true);
        call.start(call.engine(first, call.cascade(llm)));
        call.silence(500);
        call.speak(QUESTION);
        call.silence(15_000);

        assertThat(call.heardOfProviders()).isEqualTo(ANSWER);
    }

    @Test
    void greetingThatBrokeOffUnheard_andIsNotGoneOnWith_isGivenByTheNext() {
        call.start(call.engine(first, second));
        call.silence(180);
        first.breakOff();
        call.silence(30_000);

        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING);
    }

    private S2sRequest ungreeted() {
        S2sRequest usual = call.request();
        return new S2sRequest(
                usual.callId(),
                usual.loop(),
                usual.inputFormat(),
                usual.outputFormat(),
                usual.instructions(),
                Optional.of(""),
                usual.language(),
                usual.voice(),
                usual.tools(),
                usual.history());
    }
}
