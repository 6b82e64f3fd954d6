package io.patchcord.agent.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.testing.ManualCallLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapFillerTest {

    private static final Duration PTIME = Duration.ofMillis(20);

    private final ManualCallLoop loop = new ManualCallLoop();
    private final List<AudioFrame> out = new ArrayList<>();
    private final GapFiller filler = new GapFiller(loop, AudioFormat.ALAW_8K, out::add);

    @Test
    void steadyAudio_passesAsItIs() {
        send(100);

        assertThat(out).hasSize(100);
    }

    @Test
    void jitter_isLeftAlone() {
        send(10);
        loop.advance(Duration.ofMillis(90));
        send(10);

        assertThat(total()).isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void audioStops_silenceKeepsPaceWithTheClock() {
        send(10);
        loop.advance(Duration.ofSeconds(2));

        assertThat(total()).isBetween(Duration.ofMillis(2_140), Duration.ofMillis(2_220));
        assertThat(out.get(out.size() - 1).data()).containsOnly(AudioFormat.ALAW_8K.silence());
    }

    @Test
    void longPackets_areNoGaps() {
        Duration packet = Duration.ofMillis(300);
        for (int i = 0; i < 10; i++) {
            filler.accept(AudioFrame.silence(AudioFormat.ALAW_8K, packet));
            loop.advance(packet.plusMillis(i % 2 == 0 ? 0 : 80));
        }

        assertThat(out).hasSize(10);
    }

    @Test
    void audioStopsAfterALongPacket_silenceKeepsPaceWithTheClock() {
        filler.accept(AudioFrame.silence(AudioFormat.ALAW_8K, Duration.ofSeconds(20)));
        loop.advance(Duration.ofSeconds(22));

        assertThat(total()).isBetween(Duration.ofMillis(41_900), Duration.ofSeconds(42));
    }

    @Test
    void longHold_isNotFilledForEver_andAudioAfterItIs() {
        send(10);
        loop.advance(Duration.ofMinutes(10));
        assertThat(total()).isLessThan(Duration.ofSeconds(10));
        int before = out.size();

        send(1);
        loop.advance(Duration.ofMillis(500));

        assertThat(out.size()).isGreaterThan(before + 3);
    }

    @Test
    void noAudioYet_isNotFilled() {
        loop.advance(Duration.ofMinutes(1));

        assertThat(out).isEmpty();
    }

    @Test
    void closed_isQuiet() {
        send(1);
        filler.close();
        loop.advance(Duration.ofMinutes(1));

        assertThat(out).hasSize(1);
    }

    private void send(int frames) {
        for (int i = 0; i < frames; i++) {
            filler.accept(AudioFrame.silence(AudioFormat.ALAW_8K, PTIME));
            loop.advance(PTIME);
        }
    }

    private Duration total() {
        return out.stream().map(AudioFrame::duration).reduce(Duration.ZERO, Duration::plus);
    }
}
