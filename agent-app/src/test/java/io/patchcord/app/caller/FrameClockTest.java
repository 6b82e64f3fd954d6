package io.patchcord.app.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FrameClockTest {

    private final FrameClock clock = new FrameClock();

    @Test
    void evenFrames_areNeverLate() {
        for (int i = 0; i < 1_000; i++) {
            arrive(20 * i);
        }

        assertThat(clock.figures().frames()).isEqualTo(1_000);
        assertThat(clock.figures().interval()).isEqualTo(spread(20, 20, 20));
        assertThat(clock.figures().lateness()).isEqualTo(spread(0, 0, 0));
        assertThat(clock.figures().gaps()).isZero();
    }

    @Test
    void oneLateFrame_isTheMaximum_andBurstAfterIt_isNoGap() {
        for (int i = 0; i < 200; i++) {
            arrive(i == 100 ? 20 * i + 15 : 20 * i);
        }

        assertThat(clock.figures().interval()).isEqualTo(spread(20, 20, 35));
        assertThat(clock.figures().lateness()).isEqualTo(spread(0, 0, 15));
        assertThat(clock.figures().gaps()).isZero();
    }

    @Test
    void framesSentAhead_makeAllOthersLate() {
        arrive(0);
        arrive(0);
        arrive(0);
        for (int i = 3; i < 100; i++) {
            arrive(20 * i);
        }

        assertThat(clock.figures().lateness().p50()).isEqualTo(Duration.ofMillis(40));
    }

    @Test
    void gap_isWhatAListenerNotices() {
        arrive(0);
        arrive(20);
        arrive(20 + 61);
        arrive(20 + 61 + 60);

        assertThat(clock.figures().gaps()).isEqualTo(1);
    }

    @Test
    void noFrames_noFigures() {
        assertThat(clock.figures().interval()).isEqualTo(spread(0, 0, 0));
    }

    private void arrive(int millis) {
        clock.arrived(millis * 1_000_000L, Duration.ofMillis(20));
    }

    private static FrameClock.Spread spread(int p50, int p99, int max) {
        return new FrameClock.Spread(Duration.ofMillis(p50), Duration.ofMillis(p99), Duration.ofMillis(max));
    }
}
