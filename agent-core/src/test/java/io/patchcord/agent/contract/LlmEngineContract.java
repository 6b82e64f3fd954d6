package io.patchcord.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for every engine of answers. */
public abstract class LlmEngineContract extends EngineContract<LlmEngine> {

    /** Something to which the engine answers with text. */
    protected String question() {
        return "What are your opening hours?";
    }

    @Test
    void answer_isTextAndThenDoneOnce() {
        EventLog<Told> log = newLog();
        LlmSession session = open();

        ask(session, log);

        assertAnswered(awaitEnd(log));
        loop().run(session::close);
    }

    @Test
    void secondQuestion_isAnsweredWithTheHistory() {
        EventLog<Told> first = newLog();
        EventLog<Told> second = newLog();
        LlmSession session = open();

        ask(session, first);
        String answer = text(awaitEnd(first));
        ask(
                session,
                second,
                new ConversationItem.CallerSaid(question()),
                new ConversationItem.AgentSaid(answer, false),
                new ConversationItem.CallerSaid(question()));

        assertAnswered(awaitEnd(second));
        loop().run(session::close);
    }

    @Test
    void cancelledAnswer_isNotHeardOf_andTheNextOneIs() {
        EventLog<Told> cancelled = newLog();
        EventLog<Told> next = newLog();
        LlmSession session = open();
        loop().run(() -> {
            LlmSession.Generation generation = respond(session, cancelled);
            generation.cancel();
            generation.cancel();
        });

        ask(session, next);
        awaitEnd(next);

        assertThat(cancelled.events()).isEmpty();
        loop().run(session::close);
    }

    @Test
    void discardedAnswer_isNotHeardOf_andTheQuestionCanBeAskedAgain() {
        EventLog<Told> discarded = newLog();
        EventLog<Told> again = newLog();
        LlmSession session = open();
        loop().run(() -> {
            LlmSession.Generation generation = respond(session, discarded);
            generation.discard();
            generation.discard();
        });

        ask(session, again);

        assertAnswered(awaitEnd(again));
        assertThat(discarded.events()).isEmpty();
        loop().run(session::close);
    }

    @Test
    void cancelAfterTheEnd_doesNothing() {
        EventLog<Told> log = newLog();
        LlmSession session = open();
        LlmSession.Generation generation = loop().call(() -> respond(session, log));
        int told = awaitEnd(log).size();

        loop().run(generation::cancel);
        loop().run(session::close);

        assertThat(log.events()).hasSize(told);
    }

    @Test
    void nothingComesAfterClose() {
        EventLog<Told> closed = newLog();
        EventLog<Told> other = newLog();
        LlmSession session = open();
        LlmSession second = open();
        loop().run(() -> {
            respond(session, closed);
            session.close();
            session.close();
        });

        ask(second, other);
        awaitEnd(other);

        assertThat(closed.events()).isEmpty();
        loop().run(second::close);
    }

    @Test
    void dialoguesDoNotMix() {
        EventLog<Told> one = newLog();
        EventLog<Told> two = newLog();
        LlmSession first = open();
        LlmSession second = open();

        ask(first, one);
        ask(second, two);

        assertAnswered(awaitEnd(one));
        assertAnswered(awaitEnd(two));
        loop().run(() -> {
            first.close();
            second.close();
        });
    }

    @Test
    void everyKeyIsTaken() {
        LlmSession session = open();
        loop().run(() -> "0123456789*#ABCD".chars().forEach(digit -> session.onDtmf((char) digit)));
        loop().run(session::close);
    }

    @Test
    void fixedSentencesCanBeSpoken() {
        assertThat(engine().fixedSentences())
                .allSatisfy(sentence -> assertThat(sentence).isNotBlank());
    }

    private LlmSession open() {
        return loop().call(() ->
                engine().open(new LlmRequest("contract", loop(), "You answer the telephone.", "en", List.of())));
    }

    private void ask(LlmSession session, EventLog<Told> log, ConversationItem... history) {
        loop().run(() -> respond(session, log, history));
    }

    private LlmSession.Generation respond(LlmSession session, EventLog<Told> log, ConversationItem... history) {
        List<ConversationItem> items =
                history.length > 0 ? List.of(history) : List.of(new ConversationItem.CallerSaid(question()));
        LlmSession.Generation[] generation = new LlmSession.Generation[1];
        log.quietly(() -> generation[0] = session.respond(items, new Listener(log)));
        return generation[0];
    }

    private static List<Told> awaitEnd(EventLog<Told> log) {
        return log.await(
                "the end of the answer", events -> events.stream().anyMatch(event -> event.what() != What.TEXT));
    }

    private static void assertAnswered(List<Told> events) {
        assertThat(text(events)).isNotBlank();
        assertThat(events).filteredOn(event -> event.what() != What.TEXT).containsExactly(new Told(What.DONE, ""));
        assertThat(events.get(events.size() - 1).what()).isEqualTo(What.DONE);
    }

    private static String text(List<Told> events) {
        StringBuilder text = new StringBuilder();
        events.stream().filter(event -> event.what() == What.TEXT).forEach(event -> text.append(event.text()));
        return text.toString();
    }

    private enum What {
        TEXT,
        TOOL,
        DONE,
        FAILED
    }

    private record Told(What what, String text) {}

    private record Listener(EventLog<Told> log) implements LlmListener {

        @Override
        public void onText(String delta) {
            log.add(new Told(What.TEXT, delta));
        }

        @Override
        public void onToolCall(String callId, String name, Map<String, Object> arguments) {
            log.add(new Told(What.TOOL, name));
        }

        @Override
        public void onDone() {
            log.add(new Told(What.DONE, ""));
        }

        @Override
        public void onFailed(ProviderException error) {
            log.add(new Told(What.FAILED, error.kind() + " " + error.getMessage()));
        }
    }
}
