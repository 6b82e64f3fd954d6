package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes for tests. */
final class Bytes {

    private Bytes() {}

    /** From hexadecimal digits; blanks are ignored. */
    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static ByteBuf buffer(String digits) {
        return Unpooled.wrappedBuffer(hex(digits));
    }

    static String hex(ByteBuf buffer) {
        return ByteBufUtil.hexDump(buffer);
    }

    /** A message of zero bytes, or of the byte given. */
    static byte[] message(int kind, int length, int fill) {
        byte[] message = new byte[Frames.HEADER_BYTES + length];
        Arrays.fill(message, (byte) fill);
        message[0] = (byte) kind;
        message[1] = (byte) (length >> 8);
        message[2] = (byte) length;
        return message;
    }

    static byte[] join(byte[]... parts) {
        return Unpooled.wrappedBuffer(parts).copy().array();
    }

    /** One of the streams that a real Asterisk 22.10.1 sent or received. */
    static byte[] capture(String name) {
        try (InputStream in = Bytes.class.getResourceAsStream("/captures/" + name + ".bin")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
