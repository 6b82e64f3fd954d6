package io.patchcord.agent.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompandedAudioCheckTest {

    private static final long MS = 1_000_000L;

    private final CompandedAudioCheck check = new CompandedAudioCheck();

    @Test
    void shortMessagesFiftyTimesASecond_areCompanded() {
        assertThat(feed(160, 20, 101)).isTrue();
        assertThat(feed(160, 20, 500)).as("told once").isFalse();
    }

    @Test
    void linearFramesOfTenMilliseconds_areNot() {
        assertThat(feed(160, 10, 1000)).isFalse();
    }

    @Test
    void linearFramesOfTwentyMilliseconds_areNot() {
        assertThat(feed(320, 20, 1000)).isFalse();
    }

    private boolean feed(int bytes, int everyMs, int times) {
        boolean suspected = false;
        for (int i = 0; i < times; i++) {
            suspected |= check.suspects(bytes, MS * i * everyMs);
        }
        return suspected;
    }
}
