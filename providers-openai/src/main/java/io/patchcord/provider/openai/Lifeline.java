package io.patchcord.provider.openai;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a call connected: opens a session, opens another when it is lost, and another in good time before it expires, which
 * takes over between two turns. Gives up when that cannot help or the caller has waited for too long. Confined to the call
 * loop.
 */
final class Lifeline implements RealtimeLink.Listener {

    private static final Logger log = LoggerFactory.getLogger(Lifeline.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);
    private static final int PAUSE_FACTOR = 3;
    /** The caller hears nothing meanwhile. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private static final Duration NEXT_TRY_TO_RENEW = Duration.ofSeconds(30);
    private static final double RENEWED_AT = 0.9;
    private static final Duration BEFORE_EXPIRY = Duration.ofSeconds(10);

    private final String callId;
    private final CallLoop loop;
    private final Duration sessionLimit;
    private final int mostTries;
    private final Function<RealtimeLink.Listener, RealtimeLink> opener;
    private final Owner owner;
    private final Patience reopening;
    private final Patience renewing;
    private final Patience expiring;
    private @Nullable RealtimeLink current;
    private @Nullable RealtimeLink next;
    private long downSinceNanos;
    private int tries;
    private boolean closed;

    /** Whose call it is. */
    interface Owner {

        /** The session is ready: the conversation goes on in it. */
        void moveTo(RealtimeLink link);

        void hear(ServerEvent event);

        /** The session is no more; nothing can be sent until there is another. */
        void linkLost();

        /** Whether another session could take over now and nobody would notice. */
        boolean isBetweenTurns();

        /** There will be no session any more. */
        void gone(ProviderException why);
    }

    /**
     * Opens nothing before {@link #start}.
     *
     * @param sessionLimit after which a session is replaced
     * @param mostTries in a row; the first is made at once, and some time lies between the later ones
     * @param opener begins to open a session
     */
    Lifeline(
            String callId,
            CallLoop loop,
            Duration sessionLimit,
            int mostTries,
            Function<RealtimeLink.Listener, RealtimeLink> opener,
            Owner owner) {
        this.callId = callId;
        this.loop = loop;
        this.sessionLimit = sessionLimit;
        this.mostTries = mostTries;
        this.opener = opener;
        this.owner = owner;
        this.reopening = new Patience(loop, this::open);
        this.renewing = new Patience(loop, this::open);
        this.expiring = new Patience(loop, this::takeOverAnyway);
    }

    /** Opens the first session. */
    void start() {
        downSinceNanos = loop.nanoTime();
        tries = 1;
        open();
    }

    /** A session does what it should: what went wrong before is of no account any more. */
    void works() {
        tries = 0;
    }

    /** A pause between two turns may have begun. */
    void pause() {
        RealtimeLink ready = next;
        if (ready != null && ready.isReady() && current != null && owner.isBetweenTurns()) {
            takeOver(ready);
        }
    }

    /** Another session is to take over at the next pause, since it is to be set up otherwise. */
    void renew() {
        if (next != null) {
            next.close();
            next = null;
        }
        if (current != null) {
            renewing.stop();
        }
        open();
    }

    /** The session does not do what it should: another one is to take its place. */
    void replace(ProviderException why) {
        RealtimeLink old = current;
        if (old != null) {
            old.close();
            lost(new Trouble(why, true));
        }
    }

    /** Ends all sessions; nothing is heard any more. Idempotent. */
    void close() {
        closed = true;
        stopTimers();
        reopening.stop();
        if (current != null) {
            current.close();
        }
        if (next != null) {
            next.close();
        }
    }

    @Override
    public void ready(RealtimeLink link) {
        if (closed || link != next) {
            return;
        }
        if (current == null) {
            log.info("[{}] OpenAI session ready after {} ms", callId, downFor().toMillis());
            take(link);
        } else {
            pause();
        }
    }

    @Override
    public void event(RealtimeLink link, ServerEvent event) {
        if (!closed && link == current) {
            owner.hear(event);
        }
    }

    @Override
    public void ended(RealtimeLink link, Trouble trouble) {
        if (closed) {
            return;
        }
        if (link == current) {
            lost(trouble);
        } else if (link == next) {
            next = null;
            notOpened(trouble);
        }
    }

    private void open() {
        if (!closed && next == null) {
            next = opener.apply(this);
        }
    }

    private void take(RealtimeLink link) {
        next = null;
        current = link;
        Duration renewal = link.lifetime()
                .map(life -> Duration.ofMillis((long) (life.toMillis() * RENEWED_AT)))
                .filter(time -> time.compareTo(sessionLimit) < 0)
                .orElse(sessionLimit);
        renewing.wind(renewal);
        link.lifetime().ifPresent(life -> expiring.wind(lastMoment(life)));
        owner.moveTo(link);
    }

    private static Duration lastMoment(Duration life) {
        Duration last = life.minus(BEFORE_EXPIRY);
        Duration soon = life.multipliedBy(19).dividedBy(20);
        return last.compareTo(soon) > 0 || last.isNegative() ? soon : last;
    }

    private void takeOver(RealtimeLink ready) {
        log.info("[{}] another OpenAI session takes over, between two turns", callId);
        RealtimeLink old = current;
        stopTimers();
        take(ready);
        if (old != null) {
            old.close();
        }
    }

    /** The session is about to expire, and there was no pause. */
    private void takeOverAnyway() {
        RealtimeLink ready = next;
        if (ready != null && ready.isReady()) {
            log.info("[{}] another OpenAI session takes over, since this one expires", callId);
            replace(new ProviderException(Kind.UNAVAILABLE, "the session expires"));
        }
    }

    private void lost(Trouble trouble) {
        current = null;
        stopTimers();
        downSinceNanos = loop.nanoTime();
        owner.linkLost();
        RealtimeLink ready = next;
        if (ready != null && ready.isReady()) {
            take(ready);
            return;
        }
        tryAgain(trouble);
    }

    private void notOpened(Trouble trouble) {
        if (current == null) {
            tryAgain(trouble);
        } else {
            log.warn("[{}] no other session yet: {}", callId, trouble.why().getMessage());
            renewing.wind(NEXT_TRY_TO_RENEW);
        }
    }

    private void tryAgain(Trouble trouble) {
        if (!trouble.retry() || tries >= mostTries || downFor().compareTo(LONGEST_SILENCE) > 0) {
            close();
            owner.gone(trouble.why());
            return;
        }
        log.warn("[{}] {}; opening another session", callId, trouble.why().getMessage());
        if (tries == 0) {
            open();
        } else {
            reopening.wind(pauseBefore(tries));
        }
        tries++;
    }

    /** About 0.3 and 0.9 s, not the same for all calls that lose their sessions together. */
    private static Duration pauseBefore(int tries) {
        double factor = Math.pow(PAUSE_FACTOR, tries - 1.0)
                * ThreadLocalRandom.current().nextDouble(0.8, 1.2);
        return Duration.ofMillis((long) (FIRST_PAUSE.toMillis() * factor));
    }

    private Duration downFor() {
        return Duration.ofNanos(loop.nanoTime() - downSinceNanos);
    }

    private void stopTimers() {
        renewing.stop();
        expiring.stop();
    }
}
