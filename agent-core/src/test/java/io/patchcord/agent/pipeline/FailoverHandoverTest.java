package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the next provider is told of the conversation so far, and what it does with it. */
class FailoverHandoverTest extends TwoProviders {

    @Test
    void nextProvider_getsTheConversationAsItWasHeard() {
        call.start(call.engine(first, second));
        call.silence(3_000);
        call.speak(QUESTION);
        call.silence(6_000);
        first.drop();
        call.silence(1_000);

        assertThat(second.requests().get(0).history())
                .containsExactly(
                        new ConversationItem.AgentSaid(FailoverCall.GREETING, false),
                        new ConversationItem.CallerSaid(QUESTION),
                        new ConversationItem.AgentSaid(ANSWER, false));
    }

    @Test
    void answerThatBrokeOff_isHandedOverAsFarAsItIsHeard_withTheWishToGoOn() {
        call.start(call.engine(first, second));
        call.silence(3_000);
        call.speak(QUESTION);
        call.silence(FOUR_WORDS_OF_IT);
        first.drop();
        call.silence(1_000);

        assertThat(second.requests().get(0).history())
                .endsWith(
                        new ConversationItem.CallerSaid(QUESTION),
                        new ConversationItem.AgentSaid("we open at nine", true),
                        new ConversationItem.CallerSaid(FailoverSettings.Phrases.ENGLISH.goOn()));
    }

    @Test
    void answerThatBrokeOff_beforeItsProviderGaveUpTryingToGoOn_isHandedOverAllTheSame() {
        call.start(call.engine(first, second));
        call.silence(3_000);
        call.speak(QUESTION);
        call.silence(FOUR_WORDS_OF_IT);
        first.breakOff();
        call.silence(1_500);
        first.fail(down);
        call.silence(4_000);

        assertThat(second.requests().get(0).history())
                .endsWith(
                        new ConversationItem.AgentSaid("we open at nine", true),
                        new ConversationItem.CallerSaid(FailoverSettings.Phrases.ENGLISH.goOn()));
        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING + " " + ANSWER);
    }

    @Test
    void answerThatBrokeOff_andThatItsProviderGoesOnWith_isNobodyElsesBusiness() {
        call.start(call.engine(first, second));
        call.silence(3_000);
        call.speak(QUESTION);
        call.silence(FOUR_WORDS_OF_IT);
        first.breakOff();
        call.silence(600);
        first.goOn("and close at five");
        call.silence(3_000);
        first.drop();
        call.silence(1_000);

        assertThat(call.heard()).isEqualTo(FailoverCall.GREETING + " " + ANSWER);
        assertThat(second.requests().get(0).history())
                .endsWith(
                        new ConversationItem.AgentSaid("we open at nine", true),
                        new ConversationItem.AgentSaid("and close at five", false));
    }

    @Test
    void providerThatDoesNotGoOnWithWhatBrokeOff_hasStalled() {
        call.start(call.engine(first, second));
        call.silence(3_000);
        call.speak(QUESTION);
        call.silence(FOUR_WORDS_OF_IT);
        first.breakOff();
        call.silence(12_000);

        assertThat(second.requests()).hasSize(1);
        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING + " " + ANSWER);
    }

    @Test
    void voiceThatTheUserHasSet_isThePreferredProviders() {
        first.refuses(down);
        call.start(call.engine(first, second));
        call.silence(2_000);

        assertThat(first.requests().get(0).voice()).contains("ann");
        assertThat(second.requests().get(0).voice()).isEmpty();
    }

    @Test
    void scriptThatCannotGoOn_saysThatItWasCutOff() {
        second.can(new S2sCapabilities(true, true, true, false));
        call.start(call.engine(first, second));
        call.silence(3_000);
        call.speak(QUESTION);
        call.silence(1_000);
        first.drop();
        call.silence(6_000);

        assertThat(call.heardOfProviders())
                .startsWith(FailoverCall.GREETING + " we open at")
                .endsWith(CUT_OFF);
        assertThat(call.spare.spoken()).isEmpty();
    }

    @Test
    void sentenceThatIsToBeSaid_isSaidByTheNextProvider() {
        StringBuilder words = new StringBuilder();
        S2sSession session = call.engine(first, second).open(call.request(), event -> {
            if (event instanceof S2sEvent.ResponseText text) {
                words.append(text.text());
            }
        });
        call.loop.advance(Duration.ofSeconds(3));
        first.drop();
        session.say("you have mail");
        call.loop.advance(Duration.ofSeconds(1));

        assertThat(words).hasToString("you have mail");
    }

    @Test
    void whatWasChangedInTheCall_holdsForTheNextSessionToo() {
        S2sSession session = call.engine(first, second).open(call.request(), event -> {});
        call.loop.advance(Duration.ofSeconds(3));
        session.changeInstructions("speak French");
        session.changeVoice("amélie");
        first.drop();
        call.loop.advance(Duration.ofSeconds(5));
        second.drop();
        call.loop.advance(Duration.ofSeconds(5));

        assertThat(second.requests().get(0).instructions()).isEqualTo("speak French");
        assertThat(second.requests().get(0).voice())
                .as("a voice of the first provider")
                .isEmpty();
        assertThat(first.requests().get(1).instructions()).isEqualTo("speak French");
        assertThat(first.requests().get(1).voice()).contains("amélie");
    }

    @Test
    void whatIsChangedBetweenTwoSessions_holdsForThem() {
        first.refuses(down);
        S2sSession session = call.engine(first).open(call.request(), event -> {});
        call.loop.runPending();
        session.changeInstructions("speak French");
        session.changeVoice("amélie");
        call.loop.advance(Duration.ofSeconds(5));

        assertThat(first.requests()).hasSize(2);
        assertThat(first.requests().get(1).instructions()).isEqualTo("speak French");
        assertThat(first.requests().get(1).voice()).contains("amélie");
    }

    @Test
    void whatIsChangedWhileASessionIsBeingOpened_isToldToIt_whenItIsReady() {
        S2sSession session = call.engine(first).open(call.request(), event -> {});
        call.loop.advance(Duration.ofMillis(100));
        session.changeInstructions("speak French");
        session.changeVoice("amélie");
        assertThat(first.changes()).isEmpty();
        call.loop.advance(Duration.ofSeconds(1));

        assertThat(first.changes()).containsExactly("speak French", "amélie");
    }

    @Test
    void voiceThatIsChangedWhileAnotherProviderIsBeingOpened_isOfTheOneThatSpoke() {
        S2sSession session = call.engine(first, second).open(call.request(), event -> {});
        call.loop.advance(Duration.ofSeconds(3));
        first.drop();
        call.loop.advance(Duration.ofMillis(100));
        session.changeVoice("amélie");
        call.loop.advance(Duration.ofSeconds(3));
        second.drop();
        call.loop.advance(Duration.ofSeconds(5));

        assertThat(second.changes()).isEmpty();
        assertThat(first.requests().get(1).voice()).contains("amélie");
        assertThat(first.changes()).isEmpty();
    }
}
