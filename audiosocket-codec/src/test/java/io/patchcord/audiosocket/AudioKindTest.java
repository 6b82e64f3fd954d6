package io.patchcord.audiosocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AudioKindTest {

    @Test
    void frames_haveTheSizesOfTheFactSheet() {
        assertThat(Arrays.stream(AudioKind.values()).map(AudioKind::frameBytes))
                .containsExactly(320, 480, 640, 960, 1280, 1764, 1920, 3840, 7680);
    }

    @Test
    void everyKind_isFoundByItsWireByteAndItsRate() {
        for (AudioKind kind : AudioKind.values()) {
            assertThat(AudioKind.ofWireByte(kind.wireByte())).contains(kind);
            assertThat(AudioKind.ofSampleRate(kind.sampleRateHz())).contains(kind);
            assertThat(kind.microsOf(kind.frameBytes())).isEqualTo(20_000);
        }
    }

    @Test
    void others_areNotFound() {
        assertThat(AudioKind.ofWireByte(0x0f)).isEmpty();
        assertThat(AudioKind.ofWireByte(0x19)).isEmpty();
        assertThat(AudioKind.ofWireByte(-1)).isEmpty();
        assertThat(AudioKind.ofSampleRate(11_025)).isEmpty();
    }
}
