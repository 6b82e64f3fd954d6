package io.patchcord.ari;

import java.util.Locale;

/** Why we hang up: the words that every Asterisk since 16 takes, with the Q.850 cause that the other side is told. */
public enum HangupReason {
    NORMAL(16),
    BUSY(17),
    CONGESTION(34),
    NO_ANSWER(19),
    TIMEOUT(18),
    REJECTED(21),
    UNALLOCATED(1),
    NORMAL_UNSPECIFIED(31),
    NUMBER_INCOMPLETE(28),
    CODEC_MISMATCH(58),
    INTERWORKING(127),
    FAILURE(38),
    ANSWERED_ELSEWHERE(26);

    private final int cause;

    HangupReason(int cause) {
        this.cause = cause;
    }

    /** The Q.850 cause. */
    public int cause() {
        return cause;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
