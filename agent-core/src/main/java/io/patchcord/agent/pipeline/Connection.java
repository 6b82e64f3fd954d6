package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.pipeline.standby.Breaker;
import io.patchcord.agent.pipeline.standby.Deadline;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One provider's session in a call that may have several, one after the other: it becomes ready in time or fails, fails once
 * whatever happens, and is not heard of afterwards. Gives its responses and tool calls ids that no other session of the call
 * has, and tells the provider's {@link Breaker} how it went. Confined to the call loop.
 */
final class Connection implements S2sListener {

    private final FailoverMember member;
    private final String suffix;
    private final Owner owner;
    private final Deadline ready;
    private final Map<String, String> innerIds = new HashMap<>();
    private @Nullable S2sSession session;
    private boolean isReady;
    private boolean worked;
    private boolean over;

    /** Whose session it is. */
    interface Owner {

        void onReady(Connection connection);

        /** What it tells once it is ready, but neither its end nor its failure. */
        void onEvent(Connection connection, S2sEvent event);

        /** It can be used no more. */
        void onFailed(Connection connection, ProviderException error);
    }

    /**
     * @param number of the sessions that the call had before
     */
    Connection(FailoverMember member, int number, CallLoop loop, Duration openTimeout, Owner owner) {
        this.member = member;
        this.suffix = number == 0 ? "" : "-" + (number + 1);
        this.owner = owner;
        this.ready = new Deadline(loop, openTimeout, () -> fail(timeout(openTimeout)));
    }

    FailoverMember member() {
        return member;
    }

    /** Opens the session; it is the owner's business that the provider may be tried. */
    void open(S2sRequest request) {
        ready.start();
        try {
            session = member.engine().open(request, this);
        } catch (RuntimeException e) {
            fail(ProviderException.of(e));
        }
    }

    boolean isReady() {
        return isReady && !over;
    }

    /** The session; only while it is ready. */
    S2sSession session() {
        if (session == null) {
            throw new IllegalStateException("not open");
        }
        return session;
    }

    /** The id by which the session knows a response or a tool call; null if it is none of its own. */
    @Nullable
    String innerId(String id) {
        return innerIds.get(id);
    }

    @Override
    public void onEvent(S2sEvent event) {
        if (over) {
            return;
        }
        if (event instanceof S2sEvent.Failed failed) {
            fail(failed.error());
        } else if (event instanceof S2sEvent.Closed) {
            fail(new ProviderException(Kind.UNAVAILABLE, "the provider closed the session"));
        } else if (event instanceof S2sEvent.Ready) {
            becomeReady();
        } else {
            if (event instanceof S2sEvent.ResponseAudio && !worked) {
                worked = true;
                member.breaker().worked();
            }
            owner.onEvent(this, withOuterIds(event));
        }
    }

    private void becomeReady() {
        if (!isReady) {
            isReady = true;
            ready.stop();
            member.breaker().answered();
            owner.onReady(this);
        }
    }

    /** Ends it because of this. */
    void fail(ProviderException error) {
        if (over) {
            return;
        }
        end();
        if (!worked || !isBreak(error)) {
            member.breaker().failed(error);
        } else {
            member.breaker().givenUp();
        }
        owner.onFailed(this, error);
    }

    /** Ends it because it is not wanted any more. */
    void close() {
        if (!over) {
            end();
            member.breaker().givenUp();
        }
    }

    private void end() {
        over = true;
        ready.stop();
        if (session != null) {
            session.close();
        }
    }

    /** A connection that broke after it had worked says nothing about the next one. */
    private static boolean isBreak(ProviderException error) {
        return error.kind() == Kind.UNAVAILABLE || error.kind() == Kind.INTERNAL;
    }

    private S2sEvent withOuterIds(S2sEvent event) {
        if (event instanceof S2sEvent.ResponseAudio audio) {
            return new S2sEvent.ResponseAudio(outerId(audio.responseId()), audio.audio());
        }
        if (event instanceof S2sEvent.ResponseStarted started) {
            return new S2sEvent.ResponseStarted(outerId(started.responseId()));
        }
        if (event instanceof S2sEvent.ResponseText text) {
            return new S2sEvent.ResponseText(outerId(text.responseId()), text.text());
        }
        if (event instanceof S2sEvent.ResponseDone done) {
            return new S2sEvent.ResponseDone(outerId(done.responseId()), done.brokeOff());
        }
        if (event instanceof S2sEvent.ToolCall call) {
            return new S2sEvent.ToolCall(outerId(call.callId()), call.name(), call.arguments());
        }
        return event;
    }

    private String outerId(String id) {
        String outer = id + suffix;
        innerIds.put(outer, id);
        return outer;
    }

    private static ProviderException timeout(Duration openTimeout) {
        return new ProviderException(Kind.TIMEOUT, "the session was not ready after " + openTimeout.toMillis() + " ms");
    }
}
