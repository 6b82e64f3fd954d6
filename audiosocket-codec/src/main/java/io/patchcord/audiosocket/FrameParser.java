package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Cuts one direction of one connection into messages, at whatever places TCP has split or joined them.
 *
 * <p>AudioSocket has no magic number, no sequence and no checksum, so a stream that has slipped cannot be caught again: a
 * header that cannot be is an {@link AudioSocketException}, thrown as soon as the header is there, and after it nothing
 * more is parsed. Nor is anything after a hang-up. Not thread-safe; allocates nothing for audio.
 */
final class FrameParser {

    private final boolean idFirst;
    private boolean idSeen;
    private boolean ended;

    private FrameParser(boolean idFirst) {
        this.idFirst = idFirst;
    }

    /** For the stream from Asterisk, which starts with the UUID and never repeats it. */
    static FrameParser ofStreamFromAsterisk() {
        return new FrameParser(true);
    }

    /** For the stream of a server. What Asterisk would not take from it is reported, not judged. */
    static FrameParser ofStreamToAsterisk() {
        return new FrameParser(false);
    }

    /**
     * Takes one message from the buffer.
     *
     * @return false when the buffer does not hold a whole one
     */
    boolean parse(ByteBuf in, FrameSink sink) {
        if (ended) {
            in.skipBytes(in.readableBytes());
            return false;
        }
        int readable = in.readableBytes();
        if (readable == 0) {
            return false;
        }
        int start = in.readerIndex();
        int kind = in.getUnsignedByte(start);
        if (idFirst) {
            checkOrder(kind);
        }
        if (readable < Frames.HEADER_BYTES) {
            return false;
        }
        int length = in.getUnsignedShort(start + 1);
        if (AudioKind.isAudio(kind)) {
            return audio(in, AudioKind.at(kind), start + Frames.HEADER_BYTES, length, sink);
        }
        return other(in, kind, length, sink);
    }

    private void checkOrder(int kind) {
        if (!idSeen && kind != Frames.ID) {
            throw broken("the first message must be the UUID (kind 0x01), but its kind is " + hex(kind));
        }
        if (idSeen && kind == Frames.ID) {
            throw broken("a second UUID");
        }
    }

    private static boolean audio(ByteBuf in, AudioKind kind, int payloadStart, int length, FrameSink sink) {
        int writerIndex = in.writerIndex();
        int payloadEnd = payloadStart + length;
        if (writerIndex < payloadEnd) {
            return false;
        }
        // Lends the sink this very buffer with its indices around the payload: no slice, no copy.
        in.setIndex(payloadStart, payloadEnd);
        try {
            sink.onAudio(kind, in);
        } finally {
            in.setIndex(payloadEnd, writerIndex);
        }
        return true;
    }

    private boolean other(ByteBuf in, int kind, int length, FrameSink sink) {
        checkLength(kind, length);
        if (kind == Frames.HANGUP) {
            // Asterisk does not read the payload of a hang-up either.
            ended = true;
            in.skipBytes(in.readableBytes());
            sink.onHangup();
            return true;
        }
        if (in.readableBytes() < Frames.HEADER_BYTES + length) {
            return false;
        }
        in.skipBytes(Frames.HEADER_BYTES);
        switch (kind) {
            case Frames.ID -> {
                idSeen = true;
                sink.onId(new UUID(in.readLong(), in.readLong()));
            }
            case Frames.DTMF -> sink.onDtmf((char) in.readUnsignedByte());
            case Frames.ERROR -> {
                OptionalInt code = length == 0 ? OptionalInt.empty() : OptionalInt.of(in.readUnsignedByte());
                sink.onPeerError(code);
            }
            default -> {
                int end = in.readerIndex() + length;
                int writerIndex = in.writerIndex();
                in.writerIndex(end);
                try {
                    sink.onUnknown(kind, in);
                } finally {
                    in.setIndex(end, writerIndex);
                }
            }
        }
        return true;
    }

    private void checkLength(int kind, int length) {
        if (kind == Frames.ID && length != Frames.ID_BYTES) {
            throw broken("a UUID has 16 bytes, not " + length);
        }
        if (kind == Frames.DTMF && length != 1) {
            throw broken("a digit has 1 byte, not " + length);
        }
        if (kind == Frames.ERROR && length > 1) {
            throw broken("an error has a code of at most 1 byte, not " + length);
        }
    }

    private AudioSocketException broken(String what) {
        ended = true;
        return new AudioSocketException(
                AudioSocketException.Kind.PROTOCOL, "Not AudioSocket as Asterisk speaks it: " + what);
    }

    static String hex(int kind) {
        return String.format("0x%02x", kind);
    }
}
