package io.patchcord.provider.local.stt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The pieces of text that the decoder's tokens stand for. Immutable.
 *
 * <p>The file holds, for each token in order, a length and that many bytes of UTF-8. The length is one byte below 128; from
 * 128 on it is {@code first - 128 + 128 * second}. U+2581 is a blank, {@code <0xNN>} one byte, and ids from 32000 on are
 * marks that no one says.
 */
final class MoonshineVocabulary {

    private static final int FIRST_SPECIAL = 32_000;
    private static final char BLANK = '\u2581';

    private final List<byte[]> pieces;

    private MoonshineVocabulary(List<byte[]> pieces) {
        this.pieces = pieces;
    }

    /**
     * Reads the vocabulary file.
     *
     * @throws IllegalArgumentException if it ends within a piece
     */
    static MoonshineVocabulary parse(byte[] file) {
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        while (at < file.length) {
            int length = file[at++] & 0xFF;
            if (length >= 128 && at < file.length) {
                length += 128 * ((file[at++] & 0xFF) - 1);
            }
            if (at + length > file.length) {
                throw new IllegalArgumentException("the vocabulary ends within piece " + pieces.size());
            }
            pieces.add(bytesOf(new String(file, at, length, StandardCharsets.UTF_8)));
            at += length;
        }
        return new MoonshineVocabulary(pieces);
    }

    private static byte[] bytesOf(String piece) {
        if (piece.length() == 6 && piece.startsWith("<0x") && piece.endsWith(">")) {
            return new byte[] {(byte) Integer.parseInt(piece.substring(3, 5), 16)};
        }
        boolean mark = piece.length() > 1 && piece.startsWith("<") && piece.endsWith(">");
        return mark ? new byte[0] : piece.replace(BLANK, ' ').getBytes(StandardCharsets.UTF_8);
    }

    int size() {
        return pieces.size();
    }

    /** The text of these tokens, trimmed. */
    String decode(List<Integer> tokens) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * tokens.size());
        for (int token : tokens) {
            if (token < FIRST_SPECIAL && token < pieces.size()) {
                bytes.writeBytes(pieces.get(token));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }
}
