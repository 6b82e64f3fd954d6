package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.AgentProfile;
import io.patchcord.agent.spi.ConversationItem.CallerSaid;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.testing.ScriptedLlm;
import io.patchcord.agent.testing.ScriptedReply;
import io.patchcord.agent.turn.BargeInPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the caller says and presses arrives whole, and what he is told while he waits comes in its place. */
class FailoverWordsTest extends TwoProviders {

    private final ScriptedLlm llm = new ScriptedLlm();

    @Test
    void backchannelBeforeTheQuestion_doesNotTakeItsPlace() {
        call.profile = AgentProfile.builder("test")
                .greeting(FailoverCall.GREETING)
                .bargeIn(new BargeInPolicy(true, Duration.ofMillis(700)))
                .build();
        llm.when("tell me", FailoverCall.words(20))
                .when(QUESTION, ScriptedReply.nothing().fail(down));
        call.start(call.engine(call.cascade(llm), second));
        call.silence(3_000);
        call.speak("tell me all");
        call.silence(2_000);
        call.speak("i see");
        call.silence(6_000);
        call.speak(QUESTION);
        call.silence(6_000);

        assertThat(second.requests().get(0).history()).last().isEqualTo(new CallerSaid(QUESTION));
        assertThat(call.heard()).endsWith(ANSWER);
    }

    @Test
    void numberThatIsBeingTyped_isNotCutInTwo() {
        PuppetS2s one = new PuppetS2s(call.tones);
        PuppetS2s two = new PuppetS2s(call.tones);
        S2sSession session = call.engine(one, two).open(call.request(), event -> {});
        call.loop.advance(Duration.ofSeconds(1));
        session.sendDtmf('4');
        session.sendDtmf('2');
        one.tell(new S2sEvent.Failed(down));
        call.loop.advance(Duration.ofSeconds(1));
        session.sendDtmf('7');
        session.sendDtmf('#');

        assertThat(two.keys()).isEqualTo("427#");
    }

    @Test
    void answerBreaksOffLongBeforeItsEndIsHeard_callerIsNotAskedToWaitInTheMiddleOfIt() {
        first.answers("tell me all", FailoverCall.words(20));
        call.start(call.engine(first));
        call.silence(3_000);
        call.speak("tell me all");
        call.silence(1_800);
        first.fail(new ProviderException(Kind.RATE_LIMITED, "slower", null, Duration.ofMillis(500)));
        call.silence(12_000);

        assertThat(call.heard())
                .isEqualTo(
                        FailoverCall.GREETING + " " + call.tones.hear(call.tones.speak(8_000, FailoverCall.words(20))));
    }

    @Test
    void numberThatIsTypedWhileASessionIsBeingOpened_isTypedOnce_whenThatFails() {
        PuppetS2s one = new PuppetS2s(call.tones);
        PuppetS2s two = new PuppetS2s(call.tones);
        S2sSession session = call.engine(one, two).open(call.request(), event -> {});
        call.loop.advance(Duration.ofMillis(50));
        session.sendDtmf('4');
        session.sendDtmf('2');
        one.tell(new S2sEvent.Failed(down));
        call.loop.advance(Duration.ofSeconds(1));
        session.sendDtmf('#');

        assertThat(one.keys()).isEmpty();
        assertThat(two.keys()).isEqualTo("42#");
    }

    @Test
    void numberThatWasTyped_isNotTypedAgain() {
        PuppetS2s one = new PuppetS2s(call.tones);
        PuppetS2s two = new PuppetS2s(call.tones);
        S2sSession session = call.engine(one, two).open(call.request(), event -> {});
        call.loop.advance(Duration.ofSeconds(1));
        "42#1".chars().forEach(key -> session.sendDtmf((char) key));
        one.tell(new S2sEvent.TurnEnded(0));
        one.tell(new S2sEvent.Failed(down));
        call.loop.advance(Duration.ofSeconds(1));

        assertThat(two.keys()).isEmpty();
    }
}
