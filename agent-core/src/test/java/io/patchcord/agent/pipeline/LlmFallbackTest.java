package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.pipeline.standby.Breaker;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.agent.testing.ScriptedLlm;
import io.patchcord.agent.testing.ScriptedReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LlmFallbackTest {

    private final ProviderException down =
            new ProviderException(ProviderException.Kind.UNAVAILABLE, "connection refused");

    private final ManualCallLoop loop = new ManualCallLoop();
    private final ScriptedLlm first = new ScriptedLlm();
    private final ScriptedLlm second = new ScriptedLlm().when("", "From the script.");
    private final LlmFallback engine = new LlmFallback(
            List.of(first, second),
            Duration.ofSeconds(4),
            new Breaker.Rests(Duration.ofSeconds(30), Duration.ofSeconds(60)),
            loop::nanoTime);

    @Test
    void firstAnswers_secondIsNotAsked() {
        first.when("", "From the model.");

        assertThat(ask(open())).isEqualTo("From the model. done");
        assertThat(second.histories()).isEmpty();
    }

    @Test
    void firstFails_secondAnswersTheSameQuestion() {
        first.when("", ScriptedReply.nothing().fail(down));

        assertThat(ask(open())).isEqualTo("From the script. done");
        assertThat(second.histories()).isEqualTo(first.histories());
    }

    @Test
    void firstIsSilent_secondAnswersAfterTheDeadline() {
        first.when("", ScriptedReply.nothing());
        LlmSession session = open();
        Log log = new Log();

        session.respond(question(), log);
        loop.advance(Duration.ofMillis(3_900));
        assertThat(log.told()).isEmpty();
        loop.advance(Duration.ofMillis(200));

        assertThat(log.told()).isEqualTo("From the script. done");
    }

    @Test
    void firstComesTooLate_isNotHeard() {
        first.when(
                "",
                ScriptedReply.nothing()
                        .after(Duration.ofSeconds(5))
                        .say("Too late.")
                        .done());

        assertThat(ask(open())).isEqualTo("From the script. done");
    }

    @Test
    void firstBreaksOffInTheMiddle_secondIsAskedToGoOn() {
        first.when("", ScriptedReply.text("We are").fail(down));

        assertThat(ask(open())).isEqualTo("We are  From the script. done");
        assertThat(second.histories().get(0))
                .containsExactly(
                        new ConversationItem.CallerSaid("When do you open?"),
                        new ConversationItem.AgentSaid("We are", true),
                        new ConversationItem.CallerSaid(FailoverSettings.Phrases.ENGLISH.goOn()));
    }

    @Test
    void firstStallsInTheMiddle_secondIsAskedToGoOn() {
        first.when("", ScriptedReply.text("We are"));

        assertThat(ask(open())).isEqualTo("We are  From the script. done");
    }

    @Test
    void firstBreaksOffInTheMiddle_scriptDoesNotBeginAnew() {
        first.when("", ScriptedReply.text("We are").fail(down));
        second.goesOn(false);

        assertThat(ask(open())).isEqualTo("We are failed");
        assertThat(second.histories()).isEmpty();
    }

    @Test
    void firstBreaksOffAfterAToolCall_isAFailure_sinceTheToolIsNotToBeCalledTwice() {
        first.when("", ScriptedReply.nothing().callTool("t1", "book", Map.of()).fail(down));

        assertThat(ask(open())).isEqualTo("book failed");
        assertThat(second.histories()).isEmpty();
    }

    @Test
    void threeDialogues_areAskedInTheirOrder() {
        ScriptedLlm third = new ScriptedLlm().when("", "From the third.");
        ScriptedLlm broken = new ScriptedLlm().when("", ScriptedReply.nothing().fail(down));
        first.when("", ScriptedReply.nothing());
        LlmEngine three = new LlmFallback(
                List.of(first, broken, third), Duration.ofSeconds(4), Duration.ofSeconds(2), Duration.ofSeconds(60));

        assertThat(ask(three.open(request()))).isEqualTo("From the third. done");
    }

    @Test
    void afterAFailure_firstIsLeftAloneForAWhile_inEveryCall() {
        first.when("", ScriptedReply.nothing().fail(down));
        ask(open());

        ask(open());
        assertThat(first.histories()).hasSize(1);
        loop.advance(Duration.ofSeconds(31));
        ask(open());

        assertThat(first.histories()).hasSize(2);
    }

    @Test
    void firstAsksForTime_getsIt_inEveryCall() {
        ProviderException slower =
                new ProviderException(ProviderException.Kind.RATE_LIMITED, "slower", null, Duration.ofMinutes(5));
        first.when("", ScriptedReply.nothing().fail(slower));
        ask(open());
        loop.advance(Duration.ofMinutes(4));
        ask(open());
        assertThat(first.histories()).hasSize(1);
        loop.advance(Duration.ofMinutes(1));
        ask(open());

        assertThat(first.histories()).hasSize(2);
    }

    @Test
    void firstRefusesTheCall_secondAnswersAllOfIt() {
        LlmEngine refusing = new Refusing(first);
        LlmSession session = new LlmFallback(
                        List.of(refusing, second), Duration.ofSeconds(4), Duration.ofSeconds(2), Duration.ofSeconds(60))
                .open(request());

        assertThat(ask(session)).isEqualTo("From the script. done");
        assertThat(ask(session)).isEqualTo("From the script. done");
        assertThat(first.histories()).isEmpty();
    }

    @Test
    void allRefuseTheCall_isARefusal() {
        LlmEngine none = new LlmFallback(
                List.of(new Refusing(first), new Refusing(second)),
                Duration.ofSeconds(4),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60));

        assertThatThrownBy(() -> none.open(request())).hasMessage("too many");
    }

    @Test
    void cancelBeforeTheFirstWord_neitherIsHeard() {
        first.when("", ScriptedReply.nothing());
        Log log = new Log();

        open().respond(question(), log).cancel();
        loop.advance(Duration.ofSeconds(20));

        assertThat(log.told()).isEmpty();
        assertThat(second.histories()).isEmpty();
    }

    @Test
    void discard_reachesWhoeverAnswers() {
        first.when("", ScriptedReply.nothing().fail(down));
        LlmSession session = open();
        LlmSession.Generation generation = session.respond(question(), new Log());
        loop.advance(Duration.ofMillis(10));

        generation.discard();

        assertThat(second.discarded()).hasSize(1);
    }

    @Test
    void keyOfTheSecond_isAnsweredByIt() {
        first.when("", "From the model.");
        second.whenKey('5', "Five.");
        LlmSession session = open();

        assertThat(session.onDtmf('5')).isTrue();
        Log log = new Log();
        session.respond(question(), log);
        loop.advance(Duration.ofSeconds(1));

        assertThat(first.histories()).isEmpty();
        assertThat(second.histories()).hasSize(1);
    }

    private LlmSession open() {
        return engine.open(request());
    }

    private LlmRequest request() {
        return new LlmRequest("call", loop, "", "en", List.of());
    }

    private String ask(LlmSession session) {
        Log log = new Log();
        session.respond(question(), log);
        loop.advance(Duration.ofSeconds(10));
        return log.told();
    }

    private static List<ConversationItem> question() {
        return List.of(new ConversationItem.CallerSaid("When do you open?"));
    }

    /** A model that refuses every call. */
    private record Refusing(LlmEngine model) implements LlmEngine {

        @Override
        public String description() {
            return model.description();
        }

        @Override
        public LlmSession open(LlmRequest request) {
            throw new ProviderException(ProviderException.Kind.RATE_LIMITED, "too many");
        }

        @Override
        public void close() {}
    }

    private static final class Log implements LlmListener {

        private final List<String> told = new ArrayList<>();

        @Override
        public void onText(String delta) {
            told.add(delta);
        }

        @Override
        public void onToolCall(String callId, String name, Map<String, Object> arguments) {
            told.add(name);
        }

        @Override
        public void onDone() {
            told.add("done");
        }

        @Override
        public void onFailed(ProviderException error) {
            told.add("failed");
        }

        String told() {
            return String.join(" ", told);
        }
    }
}
