package io.patchcord.agent.media;

import io.patchcord.agent.media.AudioFormat.Encoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Writes a WAV file of one channel or more while it grows. With each {@link #flush}, which also happens by itself about
 * once a second of audio, the lengths in the header are brought up to date: a process that dies leaves a file that plays,
 * up to there.
 *
 * <p>Writing blocks: not for a call loop. Confined to one thread. Samples are copied.
 */
public final class WavWriter implements AutoCloseable {

    private static final int RIFF_LENGTH_AT = 4;
    private static final long MOST = 0xFFFF_FFFFL;

    private final FileChannel file;
    private final Path path;
    private final AudioFormat format;
    private final int channels;
    private final ByteBuffer buffer;
    private final int headerBytes;
    private long dataBytes;
    private boolean closed;

    /**
     * Creates the file, or empties it, and writes the header.
     *
     * @throws UncheckedIOException if that fails
     */
    public WavWriter(Path path, AudioFormat format, int channels) {
        if (channels < 1 || channels > 255) {
            throw new IllegalArgumentException(channels + " channels: give 1 to 255");
        }
        this.path = path;
        this.format = format;
        this.channels = channels;
        this.buffer = ByteBuffer.allocate(Math.max(4096, bytesPerBlock() * format.sampleRateHz()))
                .order(ByteOrder.LITTLE_ENDIAN);
        putHeader();
        this.headerBytes = buffer.position();
        try {
            this.file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failed(e);
        }
        writeOut(buffer.flip());
        buffer.clear();
    }

    /** A file of one channel. */
    public WavWriter(Path path, AudioFormat format) {
        this(path, format, 1);
    }

    /** Writes a complete file of one channel. */
    public static void write(Path path, AudioFrame audio) {
        try (WavWriter writer = new WavWriter(path, audio.format())) {
            writer.write(audio);
        }
    }

    /**
     * Adds audio to a file of one channel.
     *
     * @throws IllegalArgumentException if it has another format, or the file more channels
     */
    public void write(AudioFrame frame) {
        if (!frame.format().equals(format) || channels != 1) {
            throw new IllegalArgumentException(
                    frame + " does not fit a file of " + channels + " channels of " + format);
        }
        write(frame.data(), 0, frame.data().length);
    }

    /**
     * Adds samples as they are to stand in the file: one of each channel in turn.
     *
     * @throws IllegalArgumentException if one channel would get fewer than another
     */
    public void write(byte[] data, int offset, int length) {
        if (length % bytesPerBlock() != 0) {
            throw new IllegalArgumentException(
                    length + " bytes are not whole samples for " + channels + " channels of " + format.encoding());
        }
        requireOpen();
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int count = Math.min(buffer.remaining(), end - at);
            buffer.put(data, at, count);
            at += count;
            if (!buffer.hasRemaining()) {
                flush();
            }
        }
    }

    /** How much each channel holds so far. */
    public Duration duration() {
        return format.durationOf((dataBytes + buffer.position()) / channels);
    }

    /** Writes what is buffered, then the lengths in the header. */
    public void flush() {
        requireOpen();
        writeBuffered();
    }

    private void writeBuffered() {
        if (buffer.position() > 0) {
            dataBytes += buffer.position();
            writeOut(buffer.flip());
            buffer.clear();
            patchLengths();
        }
    }

    /** Flushes and closes. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            writeBuffered();
            if (dataBytes % 2 != 0) {
                // A chunk of odd length is followed by a byte that does not count.
                writeOut(ByteBuffer.allocate(1));
                patch(RIFF_LENGTH_AT, riffLength() + 1);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private int bytesPerBlock() {
        return format.bytesPerSample() * channels;
    }

    private void putHeader() {
        boolean linear = format.encoding() == Encoding.SLIN;
        putTag("RIFF");
        buffer.putInt(0);
        putTag("WAVE");
        putTag("fmt ");
        buffer.putInt(linear ? 16 : 18);
        buffer.putShort((short) formatNumber());
        buffer.putShort((short) channels);
        buffer.putInt(format.sampleRateHz());
        buffer.putInt(format.sampleRateHz() * bytesPerBlock());
        buffer.putShort((short) bytesPerBlock());
        buffer.putShort((short) (8 * format.bytesPerSample()));
        if (!linear) {
            // Every other format than PCM has a length of its extension, and a chunk with the number of samples.
            buffer.putShort((short) 0);
            putTag("fact");
            buffer.putInt(4);
            buffer.putInt(0);
        }
        putTag("data");
        buffer.putInt(0);
        int length = buffer.position();
        buffer.putInt(RIFF_LENGTH_AT, length - 8);
    }

    private int formatNumber() {
        return switch (format.encoding()) {
            case SLIN -> WavReader.FORMAT_PCM;
            case ULAW -> WavReader.FORMAT_ULAW;
            case ALAW -> WavReader.FORMAT_ALAW;
        };
    }

    private void putTag(String tag) {
        buffer.put(tag.getBytes(StandardCharsets.US_ASCII));
    }

    private void patchLengths() {
        patch(RIFF_LENGTH_AT, riffLength());
        patch(headerBytes - 4, dataBytes);
        if (format.encoding() != Encoding.SLIN) {
            patch(headerBytes - 12, dataBytes / bytesPerBlock());
        }
    }

    private long riffLength() {
        return headerBytes - 8 + dataBytes;
    }

    /** Above 4 GiB it stays at all ones, which readers take for "until the end". */
    private void patch(int at, long length) {
        ByteBuffer bytes = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) Math.min(length, MOST))
                .flip();
        try {
            file.write(bytes, at);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void writeOut(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(path + " is closed");
        }
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("cannot write " + path + ": " + e.getMessage(), e);
    }
}
