package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who leads a conversation next: the provider after the one that failed, after the last the first, leaving out those that
 * rest. When none is left it waits until one may be tried again, and gives up when that takes too long. Confined to the
 * call loop.
 */
final class Succession {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final List<FailoverMember> members;
    private final long giveUpAfterNanos;
    private final CallLoop loop;
    private final Opener opener;
    private final Consumer<ProviderException> onNobody;
    private CallLoop.@Nullable Timer timer;
    private ProviderException lastError =
            new ProviderException(Kind.UNAVAILABLE, "all providers are left alone for now");
    private int next;
    private int leftInRound;
    private int opened;
    private boolean searching;
    private long searchingSince;

    /** Opens a session of the provider; number so many were opened before. */
    interface Opener {

        void open(FailoverMember member, int number);
    }

    /**
     * @param onNobody told the last error when there is nobody to be had
     */
    Succession(
            List<FailoverMember> members,
            Duration giveUpAfter,
            CallLoop loop,
            Opener opener,
            Consumer<ProviderException> onNobody) {
        this.members = members;
        this.giveUpAfterNanos = giveUpAfter.toNanos();
        this.loop = loop;
        this.opener = opener;
        this.onNobody = onNobody;
    }

    /** This one has failed; the one after it is the next. */
    void failed(FailoverMember member, ProviderException error) {
        next = (members.indexOf(member) + 1) % members.size();
        lastError = error;
    }

    /** The one that was opened leads the conversation. */
    void found() {
        searching = false;
        stopTimer();
    }

    /** Looks for the next one; each is asked once before there is a pause. */
    void next() {
        if (!searching) {
            searching = true;
            searchingSince = loop.nanoTime();
            leftInRound = members.size();
        }
        stopTimer();
        FailoverMember member = leftInRound > 0 ? available() : null;
        if (member == null) {
            waitForOne();
        } else {
            leftInRound--;
            opener.open(member, opened++);
        }
    }

    void close() {
        stopTimer();
    }

    private @Nullable FailoverMember available() {
        for (int i = 0; i < members.size(); i++) {
            FailoverMember member = members.get((next + i) % members.size());
            if (member.breaker().mayTry()) {
                return member;
            }
        }
        return null;
    }

    private void waitForOne() {
        Duration rest = members.stream()
                .map(member -> member.breaker().restLeft())
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        Duration pause = rest.compareTo(PAUSE) > 0 ? rest : PAUSE;
        if (loop.nanoTime() + pause.toNanos() - searchingSince > giveUpAfterNanos) {
            onNobody.accept(lastError);
        } else {
            timer = loop.schedule(pause, () -> {
                leftInRound = members.size();
                next();
            });
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
