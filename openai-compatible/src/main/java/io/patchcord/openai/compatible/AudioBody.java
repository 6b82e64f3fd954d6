package io.patchcord.openai.compatible;

import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames of the body of an answer, piece by piece as it comes, also where a sample is cut in two: bare samples as they
 * were asked for, or the samples of a WAV file from a server that knows nothing else. Confined to one thread.
 */
final class AudioBody {

    private static final int RIFF_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int FORMAT_BYTES = 16;
    private static final int MAX_HEADER_BYTES = 4_096;
    private static final int PCM = 1;
    private static final int EXTENSIBLE = 0xFFFE;

    private final AudioFormat format;
    private final ServerErrors errors;
    private final AudioConverter converter;
    private byte[] kept = new byte[0];
    private @Nullable AudioFormat source;

    AudioBody(AudioFormat format, ServerErrors errors) {
        this.format = format;
        this.errors = errors;
        this.converter = new AudioConverter(format);
    }

    /**
     * The samples that are whole by now.
     *
     * @throws ProviderException if it is a WAV file of a kind that cannot be used
     */
    Optional<AudioFrame> read(byte[] buffer, int length) {
        byte[] bytes = Arrays.copyOf(kept, kept.length + length);
        System.arraycopy(buffer, 0, bytes, kept.length, length);
        int start = 0;
        if (source == null) {
            start = begin(bytes);
            if (start < 0) {
                kept = bytes;
                return Optional.empty();
            }
        }
        return samples(bytes, start);
    }

    /** What waited for more that did not come: a body that is shorter than the header of a file. */
    Optional<AudioFrame> end() {
        if (source != null || startsWith(kept, "RIFF")) {
            return Optional.empty();
        }
        source = format;
        return samples(kept, 0);
    }

    private Optional<AudioFrame> samples(byte[] bytes, int start) {
        int end = bytes.length - (bytes.length - start) % 2;
        kept = Arrays.copyOfRange(bytes, end, bytes.length);
        if (end == start || source == null) {
            return Optional.empty();
        }
        AudioFrame frame = converter.convert(AudioFrame.of(source, Arrays.copyOfRange(bytes, start, end)));
        return Optional.of(frame).filter(converted -> converted.samples() > 0);
    }

    /** Where the samples begin; -1 if that is not known yet. */
    private int begin(byte[] bytes) {
        if (bytes.length < RIFF_HEADER_BYTES) {
            return -1;
        }
        if (!startsWith(bytes, "RIFF")) {
            source = format;
            return 0;
        }
        return wav(bytes);
    }

    /** Lengths that are written before the end is known are wrong: the data goes on to the end of the body. */
    private int wav(byte[] body) {
        ByteBuffer bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        AudioFormat found = null;
        int at = RIFF_HEADER_BYTES;
        while (bytes.limit() - at >= CHUNK_HEADER_BYTES) {
            String id = new String(body, at, 4, StandardCharsets.US_ASCII);
            int content = at + CHUNK_HEADER_BYTES;
            if (id.equals("data")) {
                source = Optional.ofNullable(found).orElseThrow(() -> errors.nonsense("sent a WAV without a format"));
                return content;
            }
            long length = bytes.getInt(at + 4) & 0xFFFF_FFFFL;
            if (content + length > MAX_HEADER_BYTES) {
                throw errors.nonsense("sent a WAV whose samples cannot be found");
            }
            if (content + length > bytes.limit()) {
                return -1;
            }
            if (id.equals("fmt ")) {
                found = linear(bytes, content, length);
            }
            at = content + (int) (length + length % 2);
        }
        return -1;
    }

    private AudioFormat linear(ByteBuffer bytes, int at, long length) {
        if (length < FORMAT_BYTES) {
            throw errors.nonsense("sent a WAV without a format");
        }
        int encoding = bytes.getShort(at) & 0xFFFF;
        int channels = bytes.getShort(at + 2);
        int rate = bytes.getInt(at + 4);
        int bits = bytes.getShort(at + 14);
        if ((encoding != PCM && encoding != EXTENSIBLE)
                || channels != 1
                || bits != 16
                || rate < 4_000
                || rate > 96_000) {
            throw errors.nonsense("sent a WAV that is not one channel of 16-bit samples");
        }
        return AudioFormat.slin(rate);
    }

    private static boolean startsWith(byte[] bytes, String text) {
        return bytes.length >= text.length()
                && new String(bytes, 0, text.length(), StandardCharsets.US_ASCII).equals(text);
    }
}
