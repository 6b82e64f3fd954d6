package io.patchcord.agent.pipeline.standby;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreakerTest {

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private long now;
    private final Breaker breaker = new Breaker(new Breaker.Rests(FIRST, LONGEST), () -> now);

    @Test
    void whatHasNotFailed_mayBeTriedByAll() {
        assertThat(breaker.mayTry()).isTrue();
        assertThat(breaker.mayTry()).isTrue();
    }

    @Test
    void afterAFailure_itRests_andThenOneTriesForAll() {
        fail(Kind.UNAVAILABLE);

        assertThat(breaker.mayTry()).isFalse();
        assertThat(breaker.restLeft()).isEqualTo(FIRST);
        pass(FIRST);
        assertThat(breaker.mayTry()).isTrue();
        assertThat(breaker.mayTry()).isFalse();
        breaker.answered();

        assertThat(breaker.mayTry()).isTrue();
        assertThat(breaker.mayTry()).isTrue();
    }

    @Test
    void eachFailureInARow_doublesTheRest_upToTheLongest() {
        for (int seconds : new int[] {2, 4, 8, 16, 32, 60, 60}) {
            fail(Kind.UNAVAILABLE);
            assertThat(breaker.restLeft()).isEqualTo(Duration.ofSeconds(seconds));
            pass(breaker.restLeft());
            assertThat(breaker.mayTry()).isTrue();
        }
    }

    @Test
    void whatWorks_hasNoPast() {
        fail(Kind.UNAVAILABLE);
        fail(Kind.UNAVAILABLE);

        breaker.worked();

        assertThat(breaker.mayTry()).isTrue();
        fail(Kind.UNAVAILABLE);
        assertThat(breaker.restLeft()).isEqualTo(FIRST);
    }

    @Test
    void whatOnlyAnswers_keepsItsPast() {
        fail(Kind.UNAVAILABLE);
        breaker.answered();
        fail(Kind.UNAVAILABLE);

        assertThat(breaker.restLeft()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void whoGaveUpTrying_leavesItToTheNext() {
        fail(Kind.UNAVAILABLE);
        pass(FIRST);
        assertThat(breaker.mayTry()).isTrue();

        breaker.givenUp();

        assertThat(breaker.mayTry()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"UNAUTHORIZED", "CONFIGURATION"})
    void whatAnAdministratorHasToMend_restsLongest(Kind kind) {
        fail(kind);

        assertThat(breaker.restLeft()).isEqualTo(LONGEST);
    }

    @Test
    void theServicesWish_isKept_ifItIsLonger() {
        breaker.failed(new ProviderException(Kind.RATE_LIMITED, "later", null, Duration.ofMinutes(5)));

        assertThat(breaker.restLeft()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void beingBusy_isNoFailure() {
        fail(Kind.BUSY);

        assertThat(breaker.mayTry()).isTrue();
    }

    private void fail(Kind kind) {
        breaker.failed(new ProviderException(kind, "as the test wants it"));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
