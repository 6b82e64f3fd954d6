package io.patchcord.agent.asterisk;

/**
 * Recognises G.711 or G.722 that Asterisk labels as linear audio, as {@code Dial(AudioSocket/…)} without {@code c(slin)}
 * brings it: messages of 160 bytes, 50 in a second. Linear frames of 160 bytes last 10 ms and so come 100 in a second.
 */
final class CompandedAudioCheck {

    private static final int SUSPICIOUS_BYTES = 160;
    private static final int FRAMES = 100;
    private static final long SLOWEST_NANOS = 2_600_000_000L;
    private static final long FASTEST_NANOS = 1_600_000_000L;

    private int seen;
    private long first;
    private boolean told;

    /** True once, when it is rather sure. */
    boolean suspects(int bytes) {
        return suspects(bytes, System.nanoTime());
    }

    boolean suspects(int bytes, long nowNanos) {
        if (told || bytes != SUSPICIOUS_BYTES) {
            seen = 0;
            return false;
        }
        if (seen++ == 0) {
            first = nowNanos;
        }
        if (seen <= FRAMES) {
            return false;
        }
        long took = nowNanos - first;
        seen = 0;
        told = took > FASTEST_NANOS && took < SLOWEST_NANOS;
        return told;
    }
}
