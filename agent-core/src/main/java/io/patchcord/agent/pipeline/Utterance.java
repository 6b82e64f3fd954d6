package io.patchcord.agent.pipeline;

import io.patchcord.agent.media.AudioPosition;
import io.patchcord.agent.spi.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the caller has said since the last turn: parts that are fixed, and what is open as long as the caller may go on. At a
 * pause the open part is recognised on trial. Positions as in {@link AudioPosition}. Confined to the call loop.
 */
final class Utterance {

    private final long start;
    private final List<Fixed> fixed = new ArrayList<>();
    private long openFrom;
    private long spoken;
    private long speechEnd;
    private long speechEndNanos;
    private @Nullable Part trial;
    private boolean retried;
    private boolean likelyTold;

    /** A part that stands, and where its audio lies. */
    private record Fixed(Part part, long from, long to) {

        Fixed orAnew(Recogniser recogniser) {
            return part.error() == null ? this : new Fixed(recogniser.recognize(from, to), from, to);
        }
    }

    /** Has the words between two positions recognised. */
    interface Recogniser {

        Part recognize(long from, long to);
    }

    /**
     * @param start where its speech begins
     * @param openFrom where its audio begins, somewhat before that
     */
    Utterance(long start, long openFrom) {
        this.start = start;
        this.openFrom = openFrom;
    }

    long start() {
        return start;
    }

    /** Where the open part begins. */
    long openFrom() {
        return openFrom;
    }

    /** Nanoseconds of speech before the last pause. */
    long spoken() {
        return spoken;
    }

    /** When the last speech was received, by the loop's clock. */
    long speechEndNanos() {
        return speechEndNanos;
    }

    /** Where the last speech ended before the pause. */
    long speechEnd() {
        return speechEnd;
    }

    /** The caller has paused after this much speech. */
    void addSpeech(long nanos, long end, long endNanos) {
        spoken += nanos;
        speechEnd = end;
        speechEndNanos = endNanos;
    }

    /** The open part up to here is settled as it is, whatever follows. */
    void fix(Part part, long upTo) {
        fixed.add(new Fixed(part, openFrom, upTo));
        openFrom = upTo;
    }

    /** The open part as it would be if the caller said no more. */
    void tryOut(Part part) {
        if (trial != null) {
            trial.abandon();
        }
        trial = part;
    }

    /** Has the parts recognised anew that have failed, and the open one with them up to here. */
    void retry(Recogniser recogniser, long upTo) {
        fixed.replaceAll(each -> each.orAnew(recogniser));
        if (trial != null && trial.error() != null) {
            tryOut(recogniser.recognize(openFrom, upTo));
        }
    }

    /** The caller went on: the trial is void. */
    void dropTrial() {
        if (trial != null) {
            trial.abandon();
        }
        forgetTrial();
    }

    /** The caller went on, and the words of the trial stand. */
    void fixTrial(long upTo) {
        if (trial != null) {
            fix(trial, upTo);
        }
        forgetTrial();
    }

    private void forgetTrial() {
        trial = null;
        retried = false;
        likelyTold = false;
    }

    /** True the first time since the last pause. */
    boolean mayRetry() {
        boolean first = !retried;
        retried = true;
        return first;
    }

    /** True the first time since the last pause. */
    boolean mayTellLikely() {
        boolean first = !likelyTold;
        likelyTold = true;
        return first;
    }

    boolean isLikelyTold() {
        return likelyTold;
    }

    boolean isSettled() {
        return parts().allMatch(Part::isSettled);
    }

    /** The words of all parts that have some. */
    String text() {
        StringJoiner joined = new StringJoiner(" ");
        parts().map(Part::text).filter(text -> !text.isEmpty()).forEach(joined::add);
        return joined.toString();
    }

    /** When the last words were known. */
    long settledAtNanos() {
        return parts().mapToLong(Part::settledAtNanos).max().orElse(0);
    }

    /** Why words are missing, if that is an error's fault. */
    @Nullable
    ProviderException error() {
        return parts().map(Part::error).filter(Objects::nonNull).findFirst().orElse(null);
    }

    void abandon() {
        parts().forEach(Part::abandon);
    }

    private Stream<Part> parts() {
        return Stream.concat(fixed.stream().map(Fixed::part), Stream.ofNullable(trial));
    }
}
