package io.patchcord.agent.pipeline.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenTest {

    private final Spoken spoken = new Spoken();

    @Test
    void notInterrupted_isAllThatWasBegun() {
        clause("We open at nine.", 1_600);
        spoken.addText(" We close at five.");
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
        clause(" We close at five.", 1_700);

        spoken.cut(Duration.ofMillis(playedOutMs));

        assertThat(spoken.text()).isEqualTo(heard);
        assertThat(spoken.isInterrupted()).isTrue();
    }

    @Test
    void interruptedInAClauseWhoseAudioIsNotComplete_itsLengthIsEstimated() {
        spoken.addText("We open at nine and we close at five.");
        spoken.addAudio(Duration.ofMillis(500));

        spoken.cut(Duration.ofMillis(500));

        assertThat(spoken.text()).isEqualTo("We open");
    }

    @Test
    void wordsThatComeOneByOneWithTheirAudio_areCutWhereTheyWereHeard() {
        for (String word : List.of("We", " open", " at", " nine")) {
            spoken.addText(word);
            spoken.addAudio(Duration.ofMillis(200));
        }

        spoken.cut(Duration.ofMillis(600));

        assertThat(spoken.text()).isEqualTo("We open at");
        assertThat(spoken.rest()).isEqualTo("nine");
    }

    @Test
    void brokenOff_theWordAtTheEndCountsAsHeard() {
        for (String word : List.of("We", " open", " at", " nine")) {
            spoken.addText(word);
            spoken.addAudio(Duration.ofMillis(100));
        }

        spoken.breakOff();

        assertThat(spoken.text()).isEqualTo("We open at nine");
        assertThat(spoken.rest()).isEmpty();
    }

    @Test
    void brokenOffBeforeAnything_nothingIsHeard() {
        spoken.addText("We open at nine.");

        spoken.breakOff();

        assertThat(spoken.text()).isEmpty();
        assertThat(spoken.rest()).isEqualTo("We open at nine.");
    }

    @Test
    void wordsThatComeInPiecesAheadOfTheirAudio_areOneStretch() {
        List.of("We op", "en at ni", "ne.").forEach(spoken::addText);
        spoken.addAudio(Duration.ofMillis(1_600));
        spoken.endWords();

        spoken.cut(Duration.ofMillis(900));

        assertThat(spoken.text()).isEqualTo("We open");
        assertThat(spoken.rest()).isEqualTo("at nine.");
        assertThat(spoken.audio()).isEqualTo(Duration.ofMillis(1_600));
    }

    private void clause(String text, int millis) {
        spoken.addText(text);
        spoken.addAudio(Duration.ofMillis(millis));
        spoken.endWords();
    }
}
