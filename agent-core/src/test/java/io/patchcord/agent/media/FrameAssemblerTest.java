package io.patchcord.agent.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameAssemblerTest {

    private static final Duration PTIME = Duration.ofMillis(20);

    private final List<AudioFrame> frames = new ArrayList<>();
    private final FrameAssembler assembler = new FrameAssembler(AudioFormat.SLIN_8K, PTIME);

    @Test
    void anyCut_evenWithinASample_givesTheSameFrames() {
        Random random = new Random(1);
        byte[] audio = new byte[320 * 20];
        random.nextBytes(audio);

        for (int at = 0; at < audio.length; ) {
            int length = Math.min(audio.length - at, random.nextInt(900));
            assembler.add(audio, at, length, frames::add);
            at += length;
        }

        assertThat(frames)
                .hasSize(20)
                .allSatisfy(frame -> assertThat(frame.duration()).isEqualTo(PTIME));
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        frames.forEach(frame -> joined.writeBytes(frame.data()));
        assertThat(joined.toByteArray()).isEqualTo(audio);
        assertThat(assembler.pending()).isZero();
    }

    @Test
    void frameThatFits_isPassedOnWithoutACopy() {
        AudioFrame frame = AudioFrame.silence(AudioFormat.SLIN_8K, PTIME);

        assembler.add(frame, frames::add);

        assertThat(frames).hasSize(1);
        assertThat(frames.get(0)).isSameAs(frame);
    }

    @Test
    void flush_fillsUpWithSilence() {
        FrameAssembler ulaw = new FrameAssembler(AudioFormat.ULAW_8K, PTIME);
        byte[] audio = new byte[100];
        Arrays.fill(audio, (byte) 0x80);
        ulaw.add(audio, 0, 100, frames::add);
        assertThat(frames).isEmpty();
        assertThat(ulaw.pending()).isEqualTo(Duration.ofNanos(12_500_000));

        ulaw.flush(frames::add);

        assertThat(frames).hasSize(1);
        byte[] data = frames.get(0).data();
        assertThat(data).hasSize(160);
        assertThat(Arrays.copyOf(data, 100)).containsOnly((byte) 0x80);
        assertThat(Arrays.copyOfRange(data, 100, 160)).containsOnly((byte) 0xFF);
    }

    @Test
    void flushWithNothingPending_givesNothing() {
        assembler.flush(frames::add);
        assembler.add(new byte[] {1}, 0, 1, frames::add);

        assembler.flush(frames::add);

        assertThat(frames).isEmpty();
        assertThat(assembler.pending()).isZero();
    }

    @Test
    void oddByteAtTheEnd_isDroppedAndDoesNotShiftWhatFollows() {
        assembler.add(new byte[] {1, 2, 3}, 0, 3, frames::add);
        assembler.flush(frames::add);

        assembler.add(AudioFrame.ofSamples(8_000, new short[160]), frames::add);

        assertThat(frames.get(0).toSamples()[0]).isEqualTo((short) 0x0201);
        assertThat(frames.get(0).toSamples()[1]).isZero();
        assertThat(frames.get(1).toSamples()).containsOnly((short) 0);
    }

    @Test
    void flushFaded_endsInSilenceWithoutAStep() {
        short[] constant = new short[100];
        Arrays.fill(constant, (short) 10_000);
        assembler.add(AudioFrame.ofSamples(8_000, constant), frames::add);

        assembler.flushFaded(frames::add);

        short[] samples = frames.get(0).toSamples();
        assertThat(samples).hasSize(160);
        assertThat(Arrays.copyOf(samples, 60)).containsOnly((short) 10_000);
        for (int i = 60; i < 160; i++) {
            assertThat(samples[i - 1] - samples[i]).isBetween(0, 250);
        }
        assertThat(Arrays.copyOfRange(samples, 99, 160)).containsOnly((short) 0);
    }

    @Test
    void clear_forgetsWhatWaits() {
        assembler.add(new byte[200], 0, 200, frames::add);

        assembler.clear();

        assertThat(assembler.pending()).isZero();
        assembler.add(new byte[319], 0, 319, frames::add);
        assertThat(frames).isEmpty();
    }

    @Test
    void otherFormat_isRefused() {
        AudioFrame frame = AudioFrame.silence(AudioFormat.SLIN_16K, PTIME);

        assertThatThrownBy(() -> assembler.add(frame, frames::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16000")
                .hasMessageContaining("AudioConverter");
    }

    @Test
    void ptimeWithoutASample_isRefused() {
        assertThatThrownBy(() -> new FrameAssembler(AudioFormat.SLIN_8K, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20 ms");
    }
}
