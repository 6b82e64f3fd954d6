package io.patchcord.agent.media;

import io.patchcord.agent.media.AudioFormat.Encoding;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a WAV file of 16-bit linear, µ-law or A-law samples, piece by piece. Chunks that are not needed are skipped, and a
 * length of zero or of all ones, as a writer leaves it that streams or was killed, means "until the end".
 *
 * <p>Reading blocks: not for a call loop. Confined to one thread.
 *
 * <p>Source: Microsoft's "Multiple channel audio data and WAVE files", and RFC 2361 for the format numbers.
 */
public final class WavReader implements AutoCloseable {

    static final int FORMAT_PCM = 0x0001;
    static final int FORMAT_ALAW = 0x0006;
    static final int FORMAT_ULAW = 0x0007;
    /** The real number is in the first two bytes of a GUID then. */
    private static final int FORMAT_EXTENSIBLE = 0xFFFE;

    private static final long UNKNOWN_LENGTH = 0xFFFF_FFFFL;
    private static final int FORMAT_CHUNK_MIN = 16;
    private static final int FORMAT_CHUNK_MAX = 1024;

    private final InputStream in;
    private final String source;
    private final AudioFormat format;
    private final int channels;
    private long left;

    /**
     * Reads the header.
     *
     * @param source name for error messages
     * @throws WavException if it is no WAV file, or one with samples that we do not read
     * @throws UncheckedIOException if reading fails
     */
    public WavReader(InputStream in, String source) {
        this.in = in instanceof BufferedInputStream ? in : new BufferedInputStream(in);
        this.source = source;
        readRiffHeader();
        Header header = readFormat(chunkLength("fmt "));
        this.format = header.format;
        this.channels = header.channels;
        long length = chunkLength("data");
        this.left = length == 0 || length == UNKNOWN_LENGTH ? Long.MAX_VALUE : length;
    }

    /** Opens a file; see the constructor for what may be wrong with it. */
    public static WavReader open(Path file) {
        InputStream in;
        try {
            in = Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + file + ": " + e.getMessage(), e);
        }
        try {
            return new WavReader(in, file.toString());
        } catch (RuntimeException e) {
            closeAfter(e, in);
            throw e;
        }
    }

    /**
     * All of a file with one channel.
     *
     * @throws WavException if it is no WAV file that we read, or has more channels
     */
    public static AudioFrame read(Path file) {
        try (WavReader reader = open(file)) {
            reader.requireMono();
            return reader.rest().get(0);
        }
    }

    /** Coding and rate of each channel. */
    public AudioFormat format() {
        return format;
    }

    public int channels() {
        return channels;
    }

    /**
     * The next piece of a file with one channel, of the given length or, at the end, a shorter one; empty after the end.
     *
     * @throws WavException if it has more channels
     */
    public Optional<AudioFrame> next(Duration length) {
        requireMono();
        byte[] data = readData(format.bytesIn(length));
        return data.length == 0 ? Optional.empty() : Optional.of(AudioFrame.of(format, data));
    }

    /** All that has not been read yet, one frame for each channel. */
    public List<AudioFrame> rest() {
        byte[] data = readData(Integer.MAX_VALUE);
        int width = format.bytesPerSample();
        int block = width * channels;
        List<AudioFrame> frames = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            byte[] samples = new byte[data.length / channels];
            for (int i = 0; i < data.length / block; i++) {
                System.arraycopy(data, i * block + channel * width, samples, i * width, width);
            }
            frames.add(AudioFrame.of(format, samples));
        }
        return frames;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(source, e);
        }
    }

    /** Whole blocks, of one sample for each channel; what is over at the end of a broken file is dropped. */
    private byte[] readData(int atMost) {
        byte[] data = readUpTo((int) Math.min(atMost, left));
        left -= data.length;
        return Arrays.copyOf(data, data.length - data.length % (format.bytesPerSample() * channels));
    }

    private void requireMono() {
        if (channels != 1) {
            throw new WavException(
                    source, "it has " + channels + " channels where one is needed: mix it down, as sox -c 1 does");
        }
    }

    private void readRiffHeader() {
        byte[] header = readUpTo(12);
        if (header.length < 12
                || !tag(header, 0).equals("RIFF")
                || !tag(header, 8).equals("WAVE")) {
            throw new WavException(source, "it is no WAV file, since it does not begin with RIFF and WAVE");
        }
    }

    /** Skips to the chunk of that name. */
    private long chunkLength(String name) {
        while (true) {
            byte[] header = readUpTo(8);
            if (header.length < 8) {
                throw new WavException(source, "the file ends before its '" + name + "' chunk");
            }
            long length = unsigned32(header, 4);
            if (tag(header, 0).equals(name)) {
                return length;
            }
            if (tag(header, 0).equals("data")) {
                throw new WavException(source, "its '" + name + "' chunk does not come before the 'data' chunk");
            }
            skip(length + (length & 1));
        }
    }

    private record Header(AudioFormat format, int channels) {}

    private Header readFormat(long length) {
        if (length < FORMAT_CHUNK_MIN || length > FORMAT_CHUNK_MAX) {
            throw new WavException(source, "its 'fmt ' chunk has " + length + " bytes, which cannot be");
        }
        byte[] chunk = readUpTo((int) (length + (length & 1)));
        if (chunk.length < length) {
            throw new WavException(source, "the file ends within its 'fmt ' chunk");
        }
        int number = unsigned16(chunk, 0);
        if (number == FORMAT_EXTENSIBLE && length >= 26) {
            number = unsigned16(chunk, 24);
        }
        int channels = unsigned16(chunk, 2);
        long rateHz = unsigned32(chunk, 4);
        Encoding encoding = encoding(number, unsigned16(chunk, 14));
        if (channels == 0 || rateHz < 1_000 || rateHz > 192_000) {
            throw new WavException(source, channels + " channels at " + rateHz + " Hz cannot be");
        }
        return new Header(new AudioFormat(encoding, (int) rateHz), channels);
    }

    private Encoding encoding(int number, int bits) {
        if (number == FORMAT_PCM && bits == 16) {
            return Encoding.SLIN;
        }
        if (number == FORMAT_ULAW && bits == 8) {
            return Encoding.ULAW;
        }
        if (number == FORMAT_ALAW && bits == 8) {
            return Encoding.ALAW;
        }
        throw new WavException(
                source,
                "it has " + bits + "-bit samples of WAV format " + number
                        + "; we read 16-bit linear (1), A-law (6) and µ-law (7): convert it, as sox -b 16 -e signed does");
    }

    private byte[] readUpTo(int count) {
        try {
            return in.readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(source, e);
        }
    }

    private void skip(long count) {
        try {
            in.skipNBytes(count);
        } catch (java.io.EOFException e) {
            throw new WavException(source, "the file ends within a chunk before its samples");
        } catch (IOException e) {
            throw new UncheckedIOException(source, e);
        }
    }

    private static void closeAfter(RuntimeException error, InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            error.addSuppressed(e);
        }
    }

    private static String tag(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.US_ASCII);
    }

    private static int unsigned16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
    }

    private static long unsigned32(byte[] bytes, int at) {
        return unsigned16(bytes, at) | ((long) unsigned16(bytes, at + 2) << 16);
    }
}
