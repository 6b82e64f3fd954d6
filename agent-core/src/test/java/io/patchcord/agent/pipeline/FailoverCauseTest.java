package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.CallEvent;
import io.patchcord.agent.contract.S2sOrder;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which a provider can fail, at each moment of a call, with another behind it and without one. */
class FailoverCauseTest {

    private static final String QUESTION = "when are you open";
    private static final String ANSWER = "we open at nine and close at five every day but sunday";
    private static final String SECOND_QUESTION = "where do I find parking";
    private static final String SECOND_ANSWER = "there is much room behind our house";
    private static final String BOOKING = "book me a table";
    private static final String BOOKED = "your table waits tonight";

    private final FailoverCall call = new FailoverCall();
    private final TalkingS2s first = taught("first");
    private final TalkingS2s second = taught("second");

    private TalkingS2s taught(String name) {
        return new TalkingS2s(name, call.tones)
                .answers(QUESTION, ANSWER)
                .answers(SECOND_QUESTION, SECOND_ANSWER)
                .answers("greeting", FailoverCall.GREETING)
                .calls(BOOKING, "book");
    }

    /** What goes wrong. */
    enum Cause {
        FAILED,
        DROPPED,
        RATE_LIMITED,
        KEY_REVOKED,
        STALLED;

        void strike(TalkingS2s provider) {
            switch (this) {
                case FAILED -> provider.fail(new ProviderException(Kind.INTERNAL, "broken"));
                case DROPPED -> provider.drop();
                case RATE_LIMITED ->
                    provider.fail(new ProviderException(Kind.RATE_LIMITED, "too many", null, Duration.ofSeconds(3)));
                case KEY_REVOKED -> provider.fail(new ProviderException(Kind.UNAUTHORIZED, "no"));
                case STALLED -> provider.hang();
            }
        }
    }

    static Stream<Arguments> causes() {
        return Stream.of(Cause.values())
                .flatMap(cause -> Stream.of(true, false)
                        // Nobody else is there to serve, and it does not want to for a minute.
                        .filter(another -> another || cause != Cause.KEY_REVOKED)
                        .map(another -> Arguments.of(cause, another)));
    }

    /** A provider that hangs while the agent has nothing to say is found out by its own connection, or in the next turn. */
    static Stream<Arguments> causesThatAreSeenAtOnce() {
        return causes().filter(arguments -> arguments.get()[0] != Cause.STALLED);
    }

    @AfterEach
    void theCallGoesOn_inOrder_andNothingIsLeftOpen() {
        assertThat(call.isOver()).isFalse();
        assertThat(call.control).isEmpty();
        S2sOrder.check(call.told);
        call.port.callerHangsUp();
        call.silence(2_000);
        assertThat(first.open()).isZero();
        assertThat(second.open()).isZero();
    }

    @ParameterizedTest
    @MethodSource("causes")
    void whileItIsBeingOpened(Cause cause, boolean another) {
        first.neverReady(true);
        start(another);
        call.silence(100);
        if (cause != Cause.STALLED) {
            cause.strike(first);
        }
        first.neverReady(false);
        call.silence(8_000);

        ask(QUESTION);

        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING + " " + ANSWER);
    }

    @ParameterizedTest
    @MethodSource("causes")
    void beforeTheGreetingIsHeard(Cause cause, boolean another) {
        start(another);
        call.loop.advance(Duration.ofMillis(170));
        cause.strike(first);
        call.silence(12_000);

        ask(QUESTION);

        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING + " " + ANSWER);
    }

    @ParameterizedTest
    @MethodSource("causes")
    void inTheMiddleOfTheGreeting(Cause cause, boolean another) {
        start(another);
        call.loop.advance(Duration.ofMillis(300));
        cause.strike(first);
        call.silence(15_000);

        ask(QUESTION);

        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING + " " + ANSWER);
    }

    @ParameterizedTest
    @MethodSource("causesThatAreSeenAtOnce")
    void whileNobodySpeaks(Cause cause, boolean another) {
        start(another);
        call.silence(3_000);
        cause.strike(first);
        call.silence(6_000);

        ask(QUESTION);

        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING + " " + ANSWER);
        assertThat(leader(another)
                        .requests()
                        .get(leader(another).requests().size() - 1)
                        .history())
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("causesThatAreSeenAtOnce")
    void whileTheCallerSpeaks(Cause cause, boolean another) {
        start(another);
        call.silence(3_000);
        call.speak("when are");
        cause.strike(first);
        call.speak("you open");
        call.silence(12_000);

        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING + " " + ANSWER);
    }

    @ParameterizedTest
    @MethodSource("causes")
    void betweenQuestionAndAnswer(Cause cause, boolean another) {
        start(another);
        call.silence(3_000);
        call.speak(QUESTION);
        call.silence(550);
        cause.strike(first);
        call.silence(16_000);

        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING + " " + ANSWER);
        assertThat(call.heard()).doesNotEndWith(FailoverCall.MOMENT);
    }

    @ParameterizedTest
    @MethodSource("causes")
    void inTheMiddleOfTheAnswer(Cause cause, boolean another) {
        start(another);
        call.silence(3_000);
        call.speak(QUESTION);
        call.silence(1_100);
        assertThat(first.isSpeaking()).isTrue();
        cause.strike(first);
        call.silence(18_000);

        ask(SECOND_QUESTION);

        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING + " " + ANSWER + " " + SECOND_ANSWER);
    }

    @ParameterizedTest
    @MethodSource("causesThatAreSeenAtOnce")
    void whileAToolIsAtWork(Cause cause, boolean another) {
        start(another);
        call.silence(3_000);
        call.speak(BOOKING);
        call.silence(1_000);
        cause.strike(first);
        call.silence(2_000);
        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING);
        call.toolResult.complete(BOOKED);
        call.silence(8_000);

        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING + " " + BOOKED);
        assertThat(call.all(CallEvent.ToolUsed.class)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("causes")
    void whenTheToolHasAnswered(Cause cause, boolean another) {
        start(another);
        call.silence(3_000);
        call.speak(BOOKING);
        call.silence(1_000);
        call.toolResult.complete(BOOKED);
        cause.strike(first);
        call.silence(16_000);

        assertThat(call.heardOfProviders()).isEqualTo(FailoverCall.GREETING + " " + BOOKED);
        assertThat(call.all(CallEvent.ToolUsed.class)).hasSize(1);
    }

    private void start(boolean another) {
        call.start(another ? call.engine(first, second) : call.engine(first));
    }

    private TalkingS2s leader(boolean another) {
        return another ? second : first;
    }

    private void ask(String question) {
        call.speak(question);
        call.silence(5_000);
    }
}
