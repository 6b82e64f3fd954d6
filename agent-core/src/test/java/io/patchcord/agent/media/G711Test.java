package io.patchcord.agent.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.media.AudioFormat.Encoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class G711Test {

    @ParameterizedTest
    @CsvSource({
        "0, FF, 0, D5, 8",
        "8, FE, 8, D5, 8",
        "-8, 7E, -8, 55, -8",
        "100, F2, 104, D3, 104",
        "-100, 72, -104, 53, -104",
        "1000, CE, 988, FA, 1008",
        "-1000, 4E, -988, 7A, -1008",
        "8000, A0, 7932, 8A, 8064",
        "-8000, 20, -7932, 0A, -8064",
        "32767, 80, 32124, AA, 32256",
        "-32768, 00, -32124, 2A, -32256",
    })
    void sample_isCodedAsTheStandardSays(short sample, String ulaw, short ulawBack, String alaw, short alawBack) {
        byte ulawCode = G711.encodeUlaw(sample);
        byte alawCode = G711.encodeAlaw(sample);

        assertThat(ulawCode).isEqualTo((byte) Integer.parseInt(ulaw, 16));
        assertThat(G711.decodeUlaw(ulawCode)).isEqualTo(ulawBack);
        assertThat(alawCode).isEqualTo((byte) Integer.parseInt(alaw, 16));
        assertThat(G711.decodeAlaw(alawCode)).isEqualTo(alawBack);
    }

    @Test
    void everyCode_survivesDecodingAndEncoding_butNegativeZero() {
        for (int i = 0; i < 256; i++) {
            byte code = (byte) i;
            assertThat(G711.encodeAlaw(G711.decodeAlaw(code))).isEqualTo(code);
            assertThat(G711.encodeUlaw(G711.decodeUlaw(code))).isEqualTo(i == 0x7F ? (byte) 0xFF : code);
        }
    }

    @ParameterizedTest
    @CsvSource({"ULAW, 766464, 0c847a9f", "ALAW, 782336, 9d764657"})
    void decodingTable_hasTheKnownSums(Encoding law, int sumOfPositive, String crcOfAll) {
        short[] decoded = decodeAllCodes(law);

        int sum = 0;
        for (int code = 0x80; code <= 0xFF; code++) {
            sum += decoded[code];
        }
        CRC32 crc = new CRC32();
        crc.update(littleEndian(decoded));

        assertThat(sum).isEqualTo(sumOfPositive);
        assertThat(Long.toHexString(crc.getValue() | 0x1_0000_0000L).substring(1))
                .isEqualTo(crcOfAll);
    }

    @ParameterizedTest
    @EnumSource(names = {"ULAW", "ALAW"})
    void decoding_agreesWithTheJdk(Encoding law) throws IOException {
        byte[] codes = allCodes();

        byte[] expected = convertByJdk(codes, jdkFormat(law), jdkLinear());

        assertThat(littleEndian(decodeAllCodes(law))).isEqualTo(expected);
    }

    /**
     * For the samples where the JDK (17 to 25) is right: its A-law takes negative samples one too low at the borders of the
     * steps, and its µ-law wraps around above the clipping level, from full scale to silence.
     */
    @ParameterizedTest
    @CsvSource({"ULAW, -32635, 32635", "ALAW, 0, 32767"})
    void encoding_agreesWithTheJdk(Encoding law, int lowest, int highest) throws IOException {
        short[] samples = allSamples();
        byte[] ours = new byte[samples.length];
        G711.encode(law, samples, 0, samples.length, ours, 0);

        byte[] theirs = convertByJdk(littleEndian(samples), jdkLinear(), jdkFormat(law));

        for (int sample = lowest; sample <= highest; sample++) {
            assertThat(ours[sample + 32_768]).as("sample %s", sample).isEqualTo(theirs[sample + 32_768]);
        }
    }

    @Test
    void negativeSamples_areCodedAsTheMirrorOfPositiveOnes() {
        for (int sample = 0; sample <= Short.MAX_VALUE; sample++) {
            short positive = (short) sample;
            int alawMirror = G711.encodeAlaw((short) (-sample - 1)) ^ 0x80;
            int ulawMirror = G711.encodeUlaw((short) -sample) ^ 0x80;

            assertThat((byte) alawMirror).isEqualTo(G711.encodeAlaw(positive));
            if (sample > 0) {
                assertThat((byte) ulawMirror).isEqualTo(G711.encodeUlaw(positive));
            }
        }
    }

    @Test
    void aboveTheClippingLevel_samplesAreCodedAsFullScale() {
        for (int sample = 32_124; sample <= 32_767; sample++) {
            assertThat(G711.decodeUlaw(G711.encodeUlaw((short) sample))).isEqualTo((short) 32_124);
            assertThat(G711.decodeUlaw(G711.encodeUlaw((short) -sample))).isEqualTo((short) -32_124);
        }
        assertThat(G711.encodeUlaw(Short.MIN_VALUE)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"ULAW", "ALAW"})
    void part_isCodedInPlaceAndNothingElseIsTouched(Encoding law) {
        byte[] codes = {1, 2, 3, 4};
        short[] samples = {7, 7, 7, 7, 7};

        G711.decode(law, codes, 1, 2, samples, 2);

        assertThat(samples[0]).isEqualTo((short) 7);
        assertThat(samples[1]).isEqualTo((short) 7);
        assertThat(samples[4]).isEqualTo((short) 7);

        byte[] back = {9, 9, 9, 9};
        G711.encode(law, samples, 2, 2, back, 1);

        assertThat(back).containsExactly(9, 2, 3, 9);
    }

    @Test
    void linearAsLaw_isRefused() {
        assertThatThrownBy(() -> G711.decode(Encoding.SLIN, new byte[1], 0, 1, new short[1], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ULAW or ALAW");
    }

    private static byte[] allCodes() {
        byte[] codes = new byte[256];
        for (int i = 0; i < 256; i++) {
            codes[i] = (byte) i;
        }
        return codes;
    }

    private static short[] decodeAllCodes(Encoding law) {
        short[] decoded = new short[256];
        G711.decode(law, allCodes(), 0, 256, decoded, 0);
        return decoded;
    }

    private static short[] allSamples() {
        short[] samples = new short[65_536];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (i - 32_768);
        }
        return samples;
    }

    private static byte[] littleEndian(short[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return bytes.array();
    }

    private static byte[] convertByJdk(
            byte[] data, javax.sound.sampled.AudioFormat from, javax.sound.sampled.AudioFormat to) throws IOException {
        AudioInputStream in =
                new AudioInputStream(new ByteArrayInputStream(data), from, data.length / from.getFrameSize());
        return AudioSystem.getAudioInputStream(to, in).readAllBytes();
    }

    private static javax.sound.sampled.AudioFormat jdkLinear() {
        return new javax.sound.sampled.AudioFormat(
                javax.sound.sampled.AudioFormat.Encoding.PCM_SIGNED, 8000, 16, 1, 2, 8000, false);
    }

    private static javax.sound.sampled.AudioFormat jdkFormat(Encoding law) {
        return new javax.sound.sampled.AudioFormat(
                law == Encoding.ULAW
                        ? javax.sound.sampled.AudioFormat.Encoding.ULAW
                        : javax.sound.sampled.AudioFormat.Encoding.ALAW,
                8000,
                8,
                1,
                1,
                8000,
                false);
    }
}
