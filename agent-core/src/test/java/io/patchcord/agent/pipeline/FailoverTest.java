package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.CallEvent;
import io.patchcord.agent.CallEvent.EndReason;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the caller hears meanwhile, who is asked next, and when a call is lost after all. */
class FailoverTest extends TwoProviders {

    private static final String FAREWELL = "I'm sorry, I cannot go on with this call. Please try again later.";

    @Test
    void callerWhoWaitsForAnAnswer_hearsASentence_soon() {
        second.neverReady(true);
        call.start(call.engine(first, second));
        call.silence(3_000);
        call.speak(QUESTION);
        call.silence(500);
        first.drop();
        call.silence(1_000);

        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING);
        assertThat(call.heard()).contains("One");
    }

    @Test
    void callerWhoHasTheFloor_hearsItOnlyWhenItTakesLong() {
        second.neverReady(true);
        call.start(call.engine(first, second));
        call.silence(3_000);
        first.drop();

        call.silence(2_000);
        assertThat(call.heard()).isEqualTo(FailoverCall.GREETING);
        call.silence(2_000);

        assertThat(call.heard()).isEqualTo(FailoverCall.GREETING + " " + FailoverCall.MOMENT);
    }

    @Test
    void slowAnswer_isBridgedToo_sinceAProviderMayBeReconnecting() {
        call.start(call.engine(first, second));
        call.silence(3_000);
        call.speak(QUESTION);
        call.silence(500);
        first.hang();

        call.silence(2_500);
        assertThat(call.heard()).isEqualTo(FailoverCall.GREETING);
        call.silence(2_000);

        assertThat(call.heard()).isEqualTo(FailoverCall.GREETING + " " + FailoverCall.MOMENT);
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void quickChange_isNotSpokenOf() {
        call.start(call.engine(first, second));
        call.silence(3_000);
        call.speak(QUESTION);
        call.silence(1_100);
        first.drop();
        call.silence(5_000);

        assertThat(call.heard()).isEqualTo(FailoverCall.GREETING + " " + ANSWER);
        assertThat(call.spare.spoken()).isEmpty();
    }

    @Test
    void providerThatIsDown_isNotTriedByEveryCall() {
        first.refuses(down).refuses(down);
        FailoverEngine engine = call.engine(first, second);
        for (int i = 0; i < 10; i++) {
            another(engine);
        }
        assertThat(first.requests()).hasSize(1);
        assertThat(second.requests()).hasSize(10);

        call.loop.advance(Duration.ofSeconds(2));
        for (int i = 0; i < 10; i++) {
            another(engine);
        }

        assertThat(first.requests()).hasSize(2);
        assertThat(second.requests()).hasSize(20);
    }

    @Test
    void providerThatIsBack_isPreferredAgain() {
        first.refuses(down);
        FailoverEngine engine = call.engine(first, second);
        another(engine);
        call.loop.advance(Duration.ofSeconds(3));
        another(engine);
        call.loop.advance(Duration.ofSeconds(3));
        another(engine);

        assertThat(first.requests()).hasSize(3);
        assertThat(second.requests()).hasSize(1);
    }

    @Test
    void nobodyCanBeHad_callerIsAskedToWait_andHearsAFarewell() {
        first.neverReady(true);
        second.neverReady(true);
        call.start(call.engine(first, second));

        call.silence(30_000);

        assertThat(call.heard()).startsWith(FailoverCall.MOMENT).endsWith(FAREWELL);
        assertThat(call.control).containsExactly("give up");
        assertThat(endReason()).isEqualTo(EndReason.PROVIDER_FAILED);
        assertThat(call.port.sent()).hasSizeLessThan(50 * 28);
    }

    @Test
    void nobodyCanBeHad_andThereIsNoVoice_callIsGivenUpInTime() {
        call.spareVoice = Optional.empty();
        first.neverReady(true);
        call.start(call.engine(first));

        call.silence(30_000);

        assertThat(call.heard()).isEmpty();
        assertThat(endReason()).isEqualTo(EndReason.PROVIDER_FAILED);
    }

    @Test
    void providerThatCannotSaySentences_hasThemSaidByTheSpareVoice() {
        second.can(new S2sCapabilities(false, true, true, false));
        call.start(call.engine(first, second));
        call.silence(3_000);
        call.speak(QUESTION);
        call.silence(1_000);
        first.drop();
        call.silence(6_000);

        assertThat(call.heardOfProviders()).endsWith(CUT_OFF);
        assertThat(call.spare.spoken()).isNotEmpty();
        call.speak(QUESTION);
        call.silence(4_000);
        assertThat(call.heard()).endsWith(ANSWER);
    }

    @Test
    void callerInterruptsAfterTheChange_isHeard() {
        call.start(call.engine(first, second));
        call.silence(3_000);
        first.drop();
        call.silence(1_000);
        call.speak(QUESTION);
        call.silence(1_000);
        call.speak("stop");
        call.silence(100);
        int heard = call.port.sentSpeech().size();
        call.silence(400);

        assertThat(call.all(CallEvent.Interrupted.class)).hasSize(1);
        assertThat(call.port.sentSpeech().size() - heard).isLessThanOrEqualTo(1);
    }

    @Test
    void providerBreaksDuringTheFarewell_whatItSaidIsHeard_andTheCallEnds() {
        first.calls("goodbye", "hang_up").answers("goodbye", "thank you for your call today");
        call.start(call.engine(first, second));
        call.silence(3_000);
        call.speak("goodbye");
        call.silence(950);
        first.drop();
        call.silence(4_000);

        assertThat(call.heard())
                .startsWith(FailoverCall.GREETING + " thank you")
                .doesNotContain("moment");
        assertThat(call.control).containsExactly("hang up");
    }

    @Test
    void callThatPrefersAnother_isLedByIt_andTheFirstStandsIn() {
        FailoverEngine engine = call.engine(first, second);
        call.start(engine.preferring("p1"));
        call.silence(2_000);
        assertThat(first.requests()).isEmpty();

        second.drop();
        call.silence(1_000);

        assertThat(first.requests()).hasSize(1);
        assertThat(engine.names()).containsExactly("p0", "p1");
    }

    @Test
    void callerHangsUpWhileTheNextIsBeingOpened_nothingStaysOpen() {
        second.neverReady(true);
        call.start(call.engine(first, second));
        call.silence(3_000);
        first.drop();
        call.silence(100);

        call.port.callerHangsUp();
        call.loop.advance(Duration.ofSeconds(30));

        assertThat(first.open()).isZero();
        assertThat(second.open()).isZero();
        assertThat(second.requests()).hasSize(1);
    }

    @Test
    void noEngine_isNoChoice() {
        LinkedHashMap<String, S2sEngine> none = new LinkedHashMap<>();

        assertThatThrownBy(() -> new FailoverEngine(none, Optional.empty(), FailoverSettings.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** One more call with the same engine; its loop is the same. */
    private void another(FailoverEngine engine) {
        engine.open(call.request(), event -> {});
        call.loop.runPending();
    }

    private EndReason endReason() {
        return call.all(CallEvent.Ended.class).get(0).reason();
    }
}
