package io.patchcord.provider.local.stt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EchoCutterTest {

    @Test
    void phraseOverAndOver_isLeftInOnce() {
        assertThat(EchoCutter.withoutEcho(List.of(7, 8, 1, 2, 3, 1, 2, 3, 1, 2, 3)))
                .containsExactly(7, 8, 1, 2, 3);
    }

    @Test
    void loopThatTheLimitCutShort_isTakenBack() {
        assertThat(EchoCutter.withoutEcho(List.of(1, 2, 3, 1, 2, 3, 1, 2, 3, 1)))
                .hasSizeLessThan(5);
    }

    @Test
    void phraseSaidTwice_stays() {
        List<Integer> twice = List.of(1, 2, 3, 1, 2, 3);
        assertThat(EchoCutter.withoutEcho(twice)).isEqualTo(twice);
    }

    @Test
    void nothing_staysNothing() {
        assertThat(EchoCutter.withoutEcho(List.of())).isEmpty();
    }
}
