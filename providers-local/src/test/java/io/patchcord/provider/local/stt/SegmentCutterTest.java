package io.patchcord.provider.local.stt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentCutterTest {

    private static final int SECOND = 8_000;

    @Test
    void shortSegment_isLeftWhole() {
        short[] samples = new short[20 * SECOND];
        assertThat(SegmentCutter.pieces(samples)).containsExactly(samples);
    }

    @Test
    void longSegment_isCutInItsPauses() {
        // Given 50 s of sound with pauses at 14 and 29.5 s
        short[] samples = new short[50 * SECOND];
        Arrays.fill(samples, (short) 10_000);
        pause(samples, 14 * SECOND);
        pause(samples, 29 * SECOND + SECOND / 2);
        // When it is cut
        List<short[]> pieces = SegmentCutter.pieces(samples);
        // Then nothing is lost, no piece is too long, and the cuts are in the pauses
        assertThat(pieces.stream().mapToInt(piece -> piece.length).sum()).isEqualTo(samples.length);
        assertThat(pieces).allSatisfy(piece -> assertThat(piece.length).isLessThanOrEqualTo(20 * SECOND));
        int firstCut = pieces.get(0).length;
        assertThat(samples[firstCut]).isZero();
        assertThat(samples[firstCut + pieces.get(1).length]).isZero();
    }

    private static void pause(short[] samples, int at) {
        Arrays.fill(samples, at, at + SECOND / 5, (short) 0);
    }
}
