package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.UUID;

/**
 * Builds messages as bytes: each in one buffer of its exact size, header included, so that it leaves in one write.
 * Asterisk ends the call when the rest of a message is more than 5 ms away from its header.
 */
final class Frames {

    static final int HANGUP = 0x00;
    static final int ID = 0x01;
    static final int DTMF = 0x03;
    static final int ERROR = 0xff;

    static final int HEADER_BYTES = 3;
    static final int ID_BYTES = 16;

    private Frames() {}

    static ByteBuf hangup(ByteBufAllocator allocator) {
        return header(allocator, HANGUP, 0);
    }

    static ByteBuf id(ByteBufAllocator allocator, UUID id) {
        return header(allocator, ID, ID_BYTES)
                .writeLong(id.getMostSignificantBits())
                .writeLong(id.getLeastSignificantBits());
    }

    static ByteBuf dtmf(ByteBufAllocator allocator, char digit) {
        return header(allocator, DTMF, 1).writeByte(digit);
    }

    /** The header of a message and room for its payload. */
    static ByteBuf header(ByteBufAllocator allocator, int kind, int payloadBytes) {
        int bytes = HEADER_BYTES + payloadBytes;
        return writeHeader(allocator.ioBuffer(bytes, bytes), kind, payloadBytes);
    }

    static ByteBuf writeHeader(ByteBuf frame, int kind, int payloadBytes) {
        return frame.writeMedium(kind << 16 | payloadBytes);
    }
}
