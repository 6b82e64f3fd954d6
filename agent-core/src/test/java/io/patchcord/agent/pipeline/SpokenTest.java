package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenTest {

    private final Spoken spoken = new Spoken();

    @Test
    void notInterrupted_isAllThatWasBegun() {
        clause("We open at nine.", 1_600);
        spoken.beginClause("We close at five.");
        spoken.addAudio(Duration.ofMillis(100));

        assertThat(spoken.text()).isEqualTo("We open at nine. We close at five.");
        assertThat(spoken.isInterrupted()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, ''",
        "150, ''",
        "400, We",
        "900, We open",
        "1590, We open at",
        "1600, We open at nine.",
        "2500, We open at nine. We close",
        "3300, We open at nine. We close at five.",
        "9999, We open at nine. We close at five."
    })
    void interrupted_isWhatWasHeardInWholeWords(int playedOutMs, String heard) {
        clause("We open at nine.", 1_600);
        clause("We close at five.", 1_700);

        spoken.cut(Duration.ofMillis(playedOutMs));

        assertThat(spoken.text()).isEqualTo(heard);
        assertThat(spoken.isInterrupted()).isTrue();
    }

    @Test
    void interruptedInAClauseWhoseAudioIsNotComplete_itsLengthIsEstimated() {
        spoken.beginClause("We open at nine and we close at five.");
        spoken.addAudio(Duration.ofMillis(500));

        spoken.cut(Duration.ofMillis(500));

        assertThat(spoken.text()).isEqualTo("We open");
    }

    private void clause(String text, int millis) {
        spoken.beginClause(text);
        spoken.addAudio(Duration.ofMillis(millis));
        spoken.endClause();
    }
}
