package io.patchcord.agent.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WavTest {

    @TempDir
    Path folder;

    static Stream<AudioFormat> formats() {
        return Stream.of(AudioFormat.SLIN_8K, AudioFormat.SLIN_24K, AudioFormat.ULAW_8K, AudioFormat.ALAW_8K);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void writtenFile_isReadBack(AudioFormat format) {
        AudioFrame audio = ramp(format, 777);
        Path file = folder.resolve("a.wav");

        WavWriter.write(file, audio);

        AudioFrame read = WavReader.read(file);
        assertThat(read.format()).isEqualTo(format);
        assertThat(read.data()).isEqualTo(audio.data());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void writtenFile_isReadByTheJdk(AudioFormat format) throws Exception {
        AudioFrame audio = ramp(format, 777);
        Path file = folder.resolve("a.wav");

        WavWriter.write(file, audio);

        try (AudioInputStream in = AudioSystem.getAudioInputStream(file.toFile())) {
            assertThat(in.getFormat().getSampleRate()).isEqualTo(format.sampleRateHz());
            assertThat(in.getFormat().getSampleSizeInBits()).isEqualTo(8 * format.bytesPerSample());
            assertThat(in.getFrameLength()).isEqualTo(777);
            assertThat(in.readAllBytes()).isEqualTo(audio.data());
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void processThatDies_leavesAFileThatPlaysUpToTheLastFlush(AudioFormat format) throws Exception {
        AudioFrame audio = ramp(format, 1_000);
        Path file = folder.resolve("a.wav");
        Path asLeft = folder.resolve("left.wav");
        try (WavWriter writer = new WavWriter(file, format)) {
            writer.write(audio);
            writer.flush();
            writer.write(audio);

            Files.copy(file, asLeft);

            assertThat(writer.duration()).isEqualTo(format.durationOf(2L * audio.data().length));
        }

        assertThat(WavReader.read(asLeft).data()).isEqualTo(audio.data());
        assertThat(riffLengthOf(asLeft)).isEqualTo(Files.size(asLeft) - 8);
        assertThat(WavReader.read(file).samples()).isEqualTo(2_000);
    }

    @Test
    void longRecording_isFlushedByItself() throws IOException {
        Path file = folder.resolve("a.wav");
        try (WavWriter writer = new WavWriter(file, AudioFormat.SLIN_8K)) {
            for (int i = 0; i < 500; i++) {
                writer.write(ramp(AudioFormat.SLIN_8K, 160));
            }

            assertThat(WavReader.read(file).duration()).isGreaterThanOrEqualTo(Duration.ofSeconds(9));
        }
        assertThat(WavReader.read(file).duration()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void oddNumberOfBytes_isPaddedAndNotCounted() throws IOException {
        Path file = folder.resolve("a.wav");

        WavWriter.write(file, ramp(AudioFormat.ULAW_8K, 5));

        assertThat(Files.size(file) % 2).isZero();
        assertThat(riffLengthOf(file)).isEqualTo(Files.size(file) - 8);
        assertThat(WavReader.read(file).samples()).isEqualTo(5);
    }

    @Test
    void stereoFile_isReadAsOneFrameForEachChannel() {
        Path file = folder.resolve("a.wav");
        try (WavWriter writer = new WavWriter(file, AudioFormat.SLIN_8K, 2)) {
            writer.write(
                    AudioFrame.ofSamples(8_000, new short[] {1, -1, 2, -2, 3, -3})
                            .data(),
                    0,
                    12);
        }

        try (WavReader reader = WavReader.open(file)) {
            assertThat(reader.channels()).isEqualTo(2);
            List<AudioFrame> channels = reader.rest();
            assertThat(channels.get(0).toSamples()).containsExactly(1, 2, 3);
            assertThat(channels.get(1).toSamples()).containsExactly(-1, -2, -3);
        }
        assertThatThrownBy(() -> WavReader.read(file))
                .isInstanceOf(WavException.class)
                .hasMessageContaining("a.wav: it has 2 channels")
                .hasMessageContaining("sox");
    }

    @Test
    void reader_givesPiecesOfTheLengthAskedFor() {
        Path file = folder.resolve("a.wav");
        AudioFrame audio = ramp(AudioFormat.SLIN_8K, 400);
        WavWriter.write(file, audio);

        try (WavReader reader = WavReader.open(file)) {
            Duration ptime = Duration.ofMillis(20);
            assertThat(reader.next(ptime)).get().returns(160, AudioFrame::samples);
            assertThat(reader.next(ptime)).get().returns(160, AudioFrame::samples);
            AudioFrame last = reader.next(ptime).orElseThrow();
            assertThat(last.data()).isEqualTo(Arrays.copyOfRange(audio.data(), 640, 800));
            assertThat(reader.next(ptime)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0xFFFF_FFFFL, 0x7FFF_FFFFL, 1_000})
    void lengthThatIsNotKnownOrTooLarge_meansUntilTheEnd(long length) {
        byte[] file = wav(1, 1, 8_000, 16, length, new byte[] {1, 0, 2, 0, 3});

        AudioFrame audio = read(file);

        assertThat(audio.toSamples()).containsExactly(1, 2);
    }

    @Test
    void chunksThatAreNotNeeded_areSkipped() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        byte[] plain = wav(1, 1, 8_000, 16, 4, new byte[] {1, 0, 2, 0});
        file.write(plain, 0, 12);
        file.writeBytes(chunk("LIST", new byte[] {1, 2, 3, 4, 5}));
        file.write(plain, 12, 24);
        file.writeBytes(chunk("fact", new byte[4]));
        file.write(plain, 36, plain.length - 36);
        file.writeBytes(chunk("cue ", new byte[10]));

        assertThat(read(file.toByteArray()).toSamples()).containsExactly(1, 2);
    }

    @Test
    void extensibleFormat_isLookedThrough() {
        ByteBuffer format = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        format.putShort((short) 0xFFFE).putShort((short) 1).putInt(16_000).putInt(32_000);
        format.putShort((short) 2).putShort((short) 16).putShort((short) 22).putShort((short) 16);
        format.putInt(4).putShort((short) 1);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("RIFF\0\0\0\0WAVE".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(chunk("fmt ", format.array()));
        file.writeBytes(chunk("data", new byte[] {7, 0}));

        AudioFrame audio = read(file.toByteArray());

        assertThat(audio.format()).isEqualTo(AudioFormat.SLIN_16K);
        assertThat(audio.toSamples()).containsExactly(7);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 8000, 8, '8-bit samples of WAV format 1; we read 16-bit linear'",
        "3, 1, 8000, 32, '32-bit samples of WAV format 3'",
        "2, 1, 8000, 4, '4-bit samples of WAV format 2'",
        "49, 1, 8000, 0, 'WAV format 49'",
        "1, 0, 8000, 16, '0 channels at 8000 Hz'",
        "1, 1, 5, 16, '1 channels at 5 Hz'",
    })
    void samplesThatWeDoNotRead_areRefusedWithTheReason(int number, int channels, int rate, int bits, String expected) {
        byte[] file = wav(number, channels, rate, bits, 4, new byte[4]);

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(WavException.class)
                .hasMessageStartingWith("clip: ")
                .hasMessageContaining(expected);
    }

    @Test
    void fileThatIsCutAnywhereInItsHeader_isRefusedOrEmpty() {
        byte[] file = wav(1, 1, 8_000, 16, 4, new byte[] {1, 0, 2, 0});

        for (int length = 0; length < 44; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> read(cut)).as("cut at %s", length).isInstanceOf(WavException.class);
        }
        assertThat(read(Arrays.copyOf(file, 44)).samples()).isZero();
    }

    @Test
    void otherFile_isRefused() {
        assertThatThrownBy(() -> read("ID3 some other sound".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(WavException.class)
                .hasMessageContaining("no WAV file");
        assertThatThrownBy(() -> read("RIFF\0\0\0\0WAVEdata\0\0\0\0".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(WavException.class)
                .hasMessageContaining("'fmt ' chunk does not come before");
    }

    @Test
    void missingFile_isNamed() {
        assertThatThrownBy(() -> WavReader.open(folder.resolve("none.wav")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.wav");
        assertThatThrownBy(() -> new WavWriter(folder.resolve("none/a.wav"), AudioFormat.SLIN_8K))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("a.wav");
    }

    @Test
    void audioOfAnotherFormat_isNotWritten() {
        try (WavWriter writer = new WavWriter(folder.resolve("a.wav"), AudioFormat.SLIN_8K)) {
            assertThatThrownBy(() -> writer.write(ramp(AudioFormat.SLIN_16K, 10)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.write(new byte[3], 0, 3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("whole samples");
        }
    }

    @Test
    void closedWriter_takesNothingMore() {
        WavWriter writer = new WavWriter(folder.resolve("a.wav"), AudioFormat.SLIN_8K);
        writer.close();
        writer.close();

        assertThatThrownBy(() -> writer.write(ramp(AudioFormat.SLIN_8K, 10))).isInstanceOf(IllegalStateException.class);
    }

    private static AudioFrame read(byte[] file) {
        try (WavReader reader = new WavReader(new ByteArrayInputStream(file), "clip")) {
            return reader.rest().get(0);
        }
    }

    private static AudioFrame ramp(AudioFormat format, int samples) {
        byte[] data = new byte[samples * format.bytesPerSample()];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i * 7);
        }
        return AudioFrame.of(format, data);
    }

    private static long riffLengthOf(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(4);
    }

    private static byte[] wav(int number, int channels, int rate, int bits, long length, byte[] data) {
        ByteBuffer file = ByteBuffer.allocate(44 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(0);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        file.putShort((short) number).putShort((short) channels).putInt(rate).putInt(rate * 2);
        file.putShort((short) 2).putShort((short) bits);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) length);
        return file.put(data).array();
    }

    private static byte[] chunk(String name, byte[] content) {
        ByteBuffer chunk =
                ByteBuffer.allocate(8 + content.length + content.length % 2).order(ByteOrder.LITTLE_ENDIAN);
        chunk.put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(content.length)
                .put(content);
        return chunk.array();
    }
}
