package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * One AudioSocket message: a kind, a length and a payload of up to 65,535 bytes.
 *
 * <p>The direction is in the type. {@link ToAsterisk} is all that Asterisk takes; it ends the call on anything else, on
 * empty audio as well. {@link FromAsterisk} is all that Asterisk sends. Facts from {@code res/res_audiosocket.c}.
 *
 * <p>Messages with a payload are reference-counted: whoever gets one from the decoder releases it, the encoders release
 * what they have written. The others are plain values.
 */
public sealed interface AudioSocketMessage {

    /** The longest payload: the length field has 16 bits. */
    int MAX_PAYLOAD_BYTES = 0xffff;

    /** What a server may send. */
    sealed interface ToAsterisk extends AudioSocketMessage permits Hangup, PlayableAudio {}

    /** What Asterisk sends, or may come to send. */
    sealed interface FromAsterisk extends AudioSocketMessage permits Id, Dtmf, Audio, PeerError, Unknown {}

    /** Kind 0x00: the end of the call. Asterisk never sends it, it closes the connection. */
    record Hangup() implements ToAsterisk {}

    /** Kind 0x01: the call's UUID, always the first message from Asterisk. */
    record Id(UUID uuid) implements FromAsterisk {}

    /** Kind 0x03: a key that was released: {@code 0-9 * # A-D}, perhaps others. */
    record Dtmf(char digit) implements FromAsterisk {
        public Dtmf {
            if (digit > 0xff) {
                throw new IllegalArgumentException("A digit is one byte, not U+" + Integer.toHexString(digit));
            }
        }
    }

    /** Kinds 0x10 to 0x18 as they were received: the length is the caller's, may be odd, and may be 0. */
    record Audio(AudioKind kind, ByteBuf payload) implements FromAsterisk, Payload {
        public Audio {
            Payload.checkLength(payload);
        }

        /** True when the payload could be sent to Asterisk as it is. */
        public boolean isPlayable() {
            return PlayableAudio.isPlayable(payload.readableBytes());
        }
    }

    /** Kinds 0x10 to 0x18 as they may be sent to Asterisk: whole samples, and at least one. */
    record PlayableAudio(AudioKind kind, ByteBuf payload) implements ToAsterisk, Payload {
        public PlayableAudio {
            checkPlayable(payload.readableBytes());
        }

        static boolean isPlayable(int bytes) {
            return bytes > 0 && (bytes & 1) == 0 && bytes <= MAX_PAYLOAD_BYTES;
        }

        static void checkPlayable(int bytes) {
            if (!isPlayable(bytes)) {
                throw new IllegalArgumentException(
                        "Asterisk takes audio of 2 to 65534 bytes in whole 16-bit samples, not " + bytes
                                + " bytes: it hangs up on empty audio and turns odd lengths into noise");
            }
        }
    }

    /** Kind 0xff: documented, with an optional code of one byte; no Asterisk up to 23.4 sends it. */
    record PeerError(OptionalInt code) implements FromAsterisk {
        public PeerError {
            if (code.isPresent() && (code.getAsInt() < 0 || code.getAsInt() > 0xff)) {
                throw new IllegalArgumentException("An error code is one byte, not " + code.getAsInt());
            }
        }
    }

    /** A kind that no Asterisk up to 23.4 has. */
    record Unknown(int kind, ByteBuf payload) implements FromAsterisk, Payload {
        public Unknown {
            if (kind < 0 || kind > 0xff || isKnown(kind)) {
                throw new IllegalArgumentException("0x" + Integer.toHexString(kind) + " is not an unknown kind");
            }
            Payload.checkLength(payload);
        }

        private static boolean isKnown(int kind) {
            return kind == Frames.HANGUP
                    || kind == Frames.ID
                    || kind == Frames.DTMF
                    || kind == Frames.ERROR
                    || AudioKind.isAudio(kind);
        }
    }
}
