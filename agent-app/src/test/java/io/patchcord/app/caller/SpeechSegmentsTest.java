package io.patchcord.app.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.app.caller.Loudness.Stretch;
import io.patchcord.app.caller.SpeechSegments.Window;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With windows of 100 ms at a rate of 1000 Hz, so that samples are milliseconds. */
class SpeechSegmentsTest {

    @Test
    void speech_isCutAtPauses_withALittleBeforeAndAfter() {
        List<Stretch> segments = segments("..........#####...####.........###..");

        assertThat(segments).containsExactly(new Stretch(600, 2_400), new Stretch(2_700, 3_600));
    }

    @Test
    void speechWithoutEnd_isCutAllTheSame() {
        assertThat(segments("#".repeat(350))).containsExactly(new Stretch(0, 20_200), new Stretch(19_600, 35_000));
    }

    @Test
    void silence_hasNoSegment() {
        assertThat(segments(".........")).isEmpty();
    }

    private static List<Stretch> segments(String pattern) {
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < pattern.length(); i++) {
            windows.add(new Window(pattern.charAt(i) == '#' ? 0.9f : 0.1f, 100L * (i + 1)));
        }
        return SpeechSegments.of(windows, 1_000, 100 * windows.size());
    }
}
