package io.patchcord.agent.pipeline;

import io.patchcord.agent.media.AudioFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The part of the caller's audio that nobody has made words of yet, so that another provider can hear it: what was said
 * since the turn began, or since there is nobody who listens, with a little before it. Half a minute at most. Confined to
 * the call loop.
 */
final class CallerAudio {

    /** Speech begins so long before it is told. */
    private static final Duration PRE_ROLL = Duration.ofMillis(600);

    /** Who listens anew finds speech in what was kept within this time, or there is none. */
    private static final Duration TO_FIND_SPEECH = Duration.ofSeconds(2);

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Deque<Kept> frames = new ArrayDeque<>();
    private boolean wanted;
    private long from;
    private boolean speech;
    private long speechFrom;
    private long turnEnd;
    private boolean deaf;
    private long listeningSince;

    private record Kept(AudioFrame frame, long atNanos) {}

    /**
     * @param nowNanos when the conversation begins
     */
    CallerAudio(long nowNanos) {
        this.turnEnd = nowNanos;
        this.listeningSince = nowNanos;
    }

    void add(AudioFrame frame, long nowNanos) {
        frames.addLast(new Kept(frame, nowNanos));
        if (wanted && !speech && !deaf && nowNanos - listeningSince > TO_FIND_SPEECH.toNanos()) {
            wanted = false;
        }
        long oldest = wanted ? from : nowNanos - PRE_ROLL.toNanos();
        long limit = Math.max(oldest - nowNanos, -LONGEST.toNanos());
        while (!frames.isEmpty() && frames.getFirst().atNanos - nowNanos < limit) {
            frames.removeFirst();
        }
    }

    /** The caller began to speak. */
    void speechStarted(long nowNanos) {
        speech = true;
        speechFrom = withPreRoll(nowNanos);
        keepFrom(speechFrom);
    }

    /** The caller's turn is over; what belongs to it is wanted until it {@linkplain #settled is settled}. */
    void turnEnded(long nowNanos) {
        turnEnd = nowNanos;
    }

    /**
     * The words of the last turn are known, or it was answered.
     *
     * @param speaking whether the caller speaks again
     */
    void settled(boolean speaking) {
        speech = speaking;
        if (speaking) {
            from = speechFrom;
        } else {
            wanted = deaf;
        }
    }

    /** Nobody listens from now on. */
    void deaf(long nowNanos) {
        deaf = true;
        keepFrom(withPreRoll(nowNanos));
    }

    /** Somebody listens, and hears first what was kept: this. It stays here until it is settled, as he may fail, too. */
    List<AudioFrame> heardAgain(long nowNanos) {
        deaf = false;
        listeningSince = nowNanos;
        long begin = from;
        return frames.stream()
                .filter(kept -> kept.atNanos - begin >= 0)
                .map(Kept::frame)
                .toList();
    }

    /** Somebody listens who speaks first, and whom the caller's words before that would only interrupt: he hears none of them. */
    void passedOver(long nowNanos) {
        deaf = false;
        listeningSince = nowNanos;
        wanted = false;
        speech = false;
        frames.clear();
    }

    /** Whether there is speech in it that nobody has made words of. */
    boolean holdsSpeech() {
        return speech;
    }

    private void keepFrom(long nanos) {
        if (!wanted) {
            wanted = true;
            from = nanos;
        }
    }

    /** Not into the turn before. */
    private long withPreRoll(long nowNanos) {
        return nowNanos - Math.min(nowNanos - turnEnd, PRE_ROLL.toNanos());
    }
}
