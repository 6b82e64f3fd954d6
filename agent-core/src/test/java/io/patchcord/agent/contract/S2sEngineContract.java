package io.patchcord.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for every speech-to-speech engine, a vendor's or a cascade. The caller speaks in real time. */
public abstract class S2sEngineContract extends EngineContract<S2sEngine> {

    private static final Duration PTIME = Duration.ofMillis(20);

    /** With a past there is no greeting, not even one of the engine's own. */
    private static final List<ConversationItem> PAST =
            List.of(new ConversationItem.AgentSaid("Hello, how can I help you?", false));

    private final List<EventLog<S2sEvent>> sessions = new ArrayList<>();

    /** What the caller says in one turn, in {@link #inputFormat}; the engine answers it aloud. */
    protected abstract AudioFrame callerTurn();

    /** The format of the caller's audio. */
    protected AudioFormat inputFormat() {
        return AudioFormat.SLIN_8K;
    }

    /** What the engine greets with. */
    protected String greeting() {
        return "Hello, how can I help you?";
    }

    /** What a caller has asked before the session was opened; the engine answers it aloud. */
    protected String question() {
        return "What are your opening hours?";
    }

    @AfterEach
    final void everySessionKeptTheOrderOfEvents() {
        sessions.forEach(log -> S2sOrder.check(log.events()));
        sessions.clear();
    }

    @Test
    void readyComesFirst() {
        EventLog<S2sEvent> log = newSessionLog();
        S2sSession session = open(log, request(Optional.empty(), PAST));

        assertThat(log.await("any event", events -> !events.isEmpty()).get(0)).isEqualTo(new S2sEvent.Ready());
        loop().run(session::close);
    }

    @Test
    void greeting_isTheFirstResponse() {
        EventLog<S2sEvent> log = newSessionLog();
        S2sSession session = open(log, request(Optional.of(greeting()), List.of()));

        List<S2sEvent> events = awaitResponses(log, 1);

        assertThat(text(events)).isNotBlank();
        assertThat(audible(events)).isGreaterThan(Duration.ofMillis(200));
        loop().run(session::close);
    }

    @Test
    void historyAtOpen_noGreeting() {
        assumeTrue(engine().capabilities().say(), "cannot say a given sentence");
        EventLog<S2sEvent> log = newSessionLog();
        List<ConversationItem> history = List.of(
                new ConversationItem.AgentSaid("Hello.", false),
                new ConversationItem.CallerSaid("Hello, hold on please."),
                new ConversationItem.AgentSaid("Take your time.", false));
        S2sSession session = open(log, request(Optional.of(greeting()), history));

        loop().run(() -> session.say("One moment please."));

        assertThat(text(awaitResponses(log, 1))).containsIgnoringCase("moment");
        loop().run(session::close);
    }

    /** As when another provider has failed after the caller's words, or the connection has. */
    @Test
    void historyThatEndsWithTheCallersWords_isAnsweredAtOnce() {
        EventLog<S2sEvent> log = newSessionLog();
        List<ConversationItem> history =
                List.of(new ConversationItem.AgentSaid("Hello.", false), new ConversationItem.CallerSaid(question()));

        S2sSession session = open(log, request(Optional.of(greeting()), history));

        assertThat(audible(awaitResponses(log, 1))).isGreaterThan(Duration.ofMillis(200));
        loop().run(session::close);
    }

    @Test
    void historyThatEndsWithAToolsResult_isAnsweredAtOnce() {
        assumeTrue(engine().capabilities().tools(), "calls no tools");
        EventLog<S2sEvent> log = newSessionLog();
        List<ConversationItem> history = List.of(
                new ConversationItem.CallerSaid(question()),
                new ConversationItem.ToolCalled("call-1", "opening_hours", Map.of("day", "Monday")),
                new ConversationItem.ToolReturned("call-1", "nine to five"));

        S2sSession session = open(log, request(Optional.of(greeting()), history));

        assertThat(audible(awaitResponses(log, 1))).isGreaterThan(Duration.ofMillis(200));
        loop().run(session::close);
    }

    @Test
    void say_isAResponseOfItsOwn() {
        assumeTrue(engine().capabilities().say(), "cannot say a given sentence");
        EventLog<S2sEvent> log = newSessionLog();
        S2sSession session = open(log, request(Optional.empty(), PAST));

        loop().run(() -> {
            session.say("One moment please.");
            session.say("I will put you through now.");
        });
        List<S2sEvent> events = awaitResponses(log, 2);

        assertThat(started(events)).hasSize(2).doesNotHaveDuplicates();
        assertThat(text(events)).containsIgnoringCase("moment").containsIgnoringCase("through");
        loop().run(session::close);
    }

    @Test
    void callersTurn_isHeardAndAnswered() {
        EventLog<S2sEvent> log = newSessionLog();
        S2sSession session = open(log, request(Optional.empty(), PAST));

        List<S2sEvent> events = talk(session, callerTurn(), () -> awaitResponses(log, 1));

        assertThat(events).anyMatch(S2sEvent.SpeechStarted.class::isInstance);
        assertThat(index(events, S2sEvent.SpeechStarted.class)).isLessThan(index(events, S2sEvent.TurnEnded.class));
        assertThat(index(events, S2sEvent.TurnEnded.class)).isLessThan(index(events, S2sEvent.ResponseAudio.class));
        assertThat(audible(events)).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void endOfSpeech_isToldByTheLoopsClock() {
        EventLog<S2sEvent> log = newSessionLog();
        S2sSession session = open(log, request(Optional.empty(), PAST));
        AudioFrame turn = callerTurn();
        long before = loop().nanoTime();

        List<S2sEvent> events = talk(session, turn, () -> awaitResponses(log, 1));

        long speechEnd = events.stream()
                .filter(S2sEvent.TurnEnded.class::isInstance)
                .mapToLong(event -> ((S2sEvent.TurnEnded) event).speechEndNanos())
                .findFirst()
                .orElseThrow();
        // Speech may have silence at either end, but its last second is not all of it.
        assertThat(Duration.ofNanos(speechEnd - before))
                .isBetween(Duration.ofMillis(100), turn.duration().plusMillis(300));
    }

    @Test
    void interruptedResponse_isNotHeardOfAgain_andTheSessionGoesOn() {
        assumeTrue(engine().capabilities().say(), "cannot say a given sentence");
        EventLog<S2sEvent> log = newSessionLog();
        S2sSession[] session = new S2sSession[1];
        int[] atInterrupt = new int[1];
        loop().run(() -> session[0] = engine().open(request(Optional.of(greeting()), List.of()), event -> {
            log.add(event);
            if (event instanceof S2sEvent.ResponseAudio audio && atInterrupt[0] == 0) {
                session[0].interrupt(audio.responseId(), Duration.ofMillis(100));
                atInterrupt[0] = log.events().size();
                session[0].say("One moment please.");
            }
        }));

        List<S2sEvent> events = log.await(
                "two responses, one done",
                all -> started(all).size() == 2
                        && all.stream()
                                .anyMatch(event -> isDone(event, started(all).get(1))));

        String interrupted = started(events).get(0);
        assertThat(events.subList(atInterrupt[0], events.size()))
                .noneMatch(event -> event instanceof S2sEvent.ResponseAudio audio
                        && audio.responseId().equals(interrupted));
        loop().run(session[0]::close);
    }

    @Test
    void unknownResponsesAndTools_areIgnored() {
        EventLog<S2sEvent> log = newSessionLog();
        S2sSession session = open(log, request(Optional.of(greeting()), List.of()));

        loop().run(() -> {
            session.interrupt("no-such-response", Duration.ofSeconds(1));
            session.playedOut("no-such-response");
            session.toolResult("no-such-tool", "{}");
            session.sendDtmf('D');
        });

        awaitResponses(log, 1);
        loop().run(session::close);
    }

    @Test
    void closed_isTheLastEvent_whateverIsCalledAfterwards() {
        EventLog<S2sEvent> log = newSessionLog();
        S2sSession session = open(log, request(Optional.of(greeting()), List.of()));
        log.await("the greeting's audio", events -> events.stream().anyMatch(S2sEvent.ResponseAudio.class::isInstance));
        loop().run(() -> {
            session.close();
            session.close();
            session.sendAudio(AudioFrame.silence(inputFormat(), PTIME));
            session.sendDtmf('1');
            session.interrupt("any", Duration.ZERO);
            session.toolResult("any", "{}");
            if (engine().capabilities().say()) {
                session.say("Nobody hears this.");
            }
        });

        EventLog<S2sEvent> other = newSessionLog();
        S2sSession second = open(other, request(Optional.of(greeting()), List.of()));
        awaitResponses(other, 1);
        loop().run(second::close);

        List<S2sEvent> events = log.await("Closed", all -> all.contains(new S2sEvent.Closed()));
        assertThat(events.get(events.size() - 1)).isEqualTo(new S2sEvent.Closed());
    }

    @Test
    void closeAtOnce_isInOrder() {
        EventLog<S2sEvent> log = newSessionLog();

        loop().run(() -> {
            S2sSession[] session = new S2sSession[1];
            log.quietly(() -> session[0] = engine().open(request(Optional.of(greeting()), List.of()), log::add));
            session[0].close();
        });

        log.await("Closed", all -> all.contains(new S2sEvent.Closed()));
    }

    @Test
    void twoCallsAtOnce_areBothAnswered() {
        EventLog<S2sEvent> one = newSessionLog();
        EventLog<S2sEvent> two = newSessionLog();
        S2sSession first = open(one, request(Optional.of(greeting()), List.of()));
        S2sSession second = open(two, request(Optional.of(greeting()), List.of()));

        awaitResponses(one, 1);
        loop().run(first::close);
        awaitResponses(two, 1);
        loop().run(second::close);
    }

    /** Sends the caller's turn, and then silence until the condition holds. */
    private List<S2sEvent> talk(S2sSession session, AudioFrame turn, Supplier<List<S2sEvent>> until) {
        AudioFrame silence = AudioFrame.silence(inputFormat(), PTIME);
        boolean[] over = new boolean[1];
        Iterator<AudioFrame> frames = Stream.concat(Pieces.of(turn, PTIME).stream(), Stream.generate(() -> silence))
                .takeWhile(frame -> !over[0])
                .iterator();
        CompletableFuture<Void> sent = PacedSender.send(loop(), PTIME, frames, session::sendAudio);
        List<S2sEvent> events = until.get();
        loop().run(() -> {
            over[0] = true;
            session.close();
        });
        sent.join();
        return events;
    }

    private EventLog<S2sEvent> newSessionLog() {
        EventLog<S2sEvent> log = newLog();
        sessions.add(log);
        return log;
    }

    private S2sSession open(EventLog<S2sEvent> log, S2sRequest request) {
        return loop().call(() -> {
            S2sSession[] session = new S2sSession[1];
            log.quietly(() -> session[0] = engine().open(request, log::add));
            return session[0];
        });
    }

    private S2sRequest request(Optional<String> greeting, List<ConversationItem> history) {
        return new S2sRequest(
                "contract",
                loop(),
                inputFormat(),
                inputFormat(),
                "You answer the telephone of a small company.",
                greeting,
                "en",
                Optional.empty(),
                List.of(),
                history);
    }

    private static List<S2sEvent> awaitResponses(EventLog<S2sEvent> log, int count) {
        Predicate<List<S2sEvent>> done = all ->
                all.stream().filter(S2sEvent.ResponseDone.class::isInstance).count() >= count;
        List<S2sEvent> events = log.await(
                count + " complete responses",
                all -> done.test(all) || all.stream().anyMatch(S2sEvent.Failed.class::isInstance));
        assertThat(events).as("no failure").noneMatch(S2sEvent.Failed.class::isInstance);
        return events;
    }

    private static boolean isDone(S2sEvent event, String responseId) {
        return event instanceof S2sEvent.ResponseDone done && done.responseId().equals(responseId);
    }

    private static List<String> started(List<S2sEvent> events) {
        return events.stream()
                .filter(S2sEvent.ResponseStarted.class::isInstance)
                .map(event -> ((S2sEvent.ResponseStarted) event).responseId())
                .toList();
    }

    private static String text(List<S2sEvent> events) {
        StringBuilder text = new StringBuilder();
        for (S2sEvent event : events) {
            if (event instanceof S2sEvent.ResponseText words) {
                text.append(words.text()).append(' ');
            }
        }
        return text.toString();
    }

    private static Duration audible(List<S2sEvent> events) {
        Duration sum = Duration.ZERO;
        for (S2sEvent event : events) {
            if (event instanceof S2sEvent.ResponseAudio audio) {
                sum = sum.plus(audio.audio().duration());
            }
        }
        return sum;
    }

    private static int index(List<S2sEvent> events, Class<? extends S2sEvent> type) {
        return events.indexOf(
                events.stream().filter(type::isInstance).findFirst().orElseThrow());
    }
}
