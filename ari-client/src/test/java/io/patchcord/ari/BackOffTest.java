package io.patchcord.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackOffTest {

    /** Takes nothing off. */
    private static final RandomGenerator NO_JITTER = () -> 0L;

    private static BackOff withoutJitter() {
        return new BackOff(Duration.ofMillis(500), Duration.ofSeconds(4), NO_JITTER);
    }

    @Test
    void delays_doubleUpToTheMaximum() {
        BackOff backOff = withoutJitter();

        assertThat(new long[] {
                    backOff.nextDelay().toMillis(),
                    backOff.nextDelay().toMillis(),
                    backOff.nextDelay().toMillis(),
                    backOff.nextDelay().toMillis(),
                    backOff.nextDelay().toMillis()
                })
                .containsExactly(500, 1000, 2000, 4000, 4000);
    }

    @Test
    void lossOfAConnectionThatHeld_isAFirstOne_thatOfAnotherIsNot() {
        BackOff backOff = withoutJitter();
        backOff.nextDelay();
        backOff.nextDelay();

        assertThat(backOff.delayAfterLoss(Duration.ofSeconds(4))).isEqualTo(Duration.ofSeconds(2));
        assertThat(backOff.delayAfterLoss(Duration.ofMillis(4001))).isEqualTo(Duration.ofMillis(500));
        assertThat(backOff.delayAfterLoss(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void longDelay_isTheMaximum_andLeavesTheOthersAlone() {
        BackOff backOff = withoutJitter();

        assertThat(backOff.longDelay()).isEqualTo(Duration.ofSeconds(4));
        assertThat(backOff.nextDelay()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void jitter_takesUpToHalfOff_andSpreads() {
        BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(1), new Random(7));
        Set<Duration> seen = new HashSet<>();

        for (int i = 0; i < 1000; i++) {
            Duration delay = backOff.nextDelay();
            assertThat(delay).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
            seen.add(delay);
        }

        assertThat(seen).hasSizeGreaterThan(990);
    }

    @Test
    void nonsense_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackOff(Duration.ZERO, Duration.ofSeconds(1), NO_JITTER));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(1), NO_JITTER))
                .withMessageContaining("PT2S");
    }
}
