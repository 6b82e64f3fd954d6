package io.patchcord.agent.asterisk;

import io.patchcord.agent.CallContext;
import io.patchcord.agent.CallControl;
import io.patchcord.agent.CallSession;
import io.patchcord.agent.media.MediaListener;
import io.patchcord.ari.Channel;
import io.patchcord.audiosocket.AudioSocketConnection;
import io.patchcord.audiosocket.AudioSocketListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls that come by {@code AudioSocket()} in the dialplan and bring nothing but a UUID. Where ARI is configured their
 * channel is looked up, so that caller and extension are known and a transfer can name its destination. Thread-safe.
 */
final class DialplanCalls {

    private static final Logger log = LoggerFactory.getLogger(DialplanCalls.class);

    /** The caller hears the agent when the channel has been found, but waits no longer than this for it. */
    private static final Duration LOOKUP_LIMIT = Duration.ofMillis(200);

    private final CallRouter router;
    private final ActiveCalls calls;
    private final ChannelDirectory directory;

    DialplanCalls(CallRouter router, ActiveCalls calls, ChannelDirectory directory) {
        this.router = router;
        this.calls = calls;
        this.directory = directory;
    }

    /** On the connection's event loop. The call has its place already. */
    AudioSocketListener accept(AudioSocketConnection connection, String callId) {
        NettyCallLoop loop = new NettyCallLoop(connection.eventLoop());
        CallRouter.Route route = router.byDefault();
        DialplanControl control = new DialplanControl(callId);
        AudioSocketMediaPort port =
                new AudioSocketMediaPort(connection, MediaListener.CloseReason.REMOTE, control::whenReady);
        CallSession session = route.agent().newCall(unknown(callId, route), loop, port, control);
        calls.add(callId, new LiveCall(session, loop));
        session.start();
        directory
                .findByUuid(connection.id())
                .completeOnTimeout(Optional.empty(), LOOKUP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(error -> Optional.empty())
                .thenAccept(channel -> loop.execute(() -> {
                    channel.ifPresent(found -> identify(session, control, found));
                    session.live();
                }));
        return port;
    }

    private static void identify(CallSession session, DialplanControl control, Channel channel) {
        control.channelName = Optional.of(channel.name());
        CallContext call = session.call();
        session.identify(new CallContext(
                call.callId(),
                call.arrival(),
                channel.id(),
                channel.caller().number(),
                channel.caller().name(),
                channel.dialplan().extension(),
                call.provider(),
                call.profile()));
    }

    private static CallContext unknown(String callId, CallRouter.Route route) {
        return new CallContext(
                callId,
                CallContext.Arrival.AUDIOSOCKET,
                "",
                "",
                "",
                "",
                route.provider(),
                route.agent().profile().name());
    }

    /**
     * The end of the connection is all there is to say: the dialplan goes on. A transfer leaves its destination in a
     * variable of the channel first. Confined to the call loop.
     */
    private final class DialplanControl implements CallControl {

        private final String callId;
        private Optional<String> channelName = Optional.empty();
        private CompletionStage<Void> ready = CompletableFuture.completedFuture(null);

        DialplanControl(String callId) {
            this.callId = callId;
        }

        void whenReady(Runnable hangup) {
            ready.whenComplete((done, error) -> hangup.run());
        }

        @Override
        public void hangUp() {}

        @Override
        public void giveUp() {}

        @Override
        public void transfer(String destination) {
            if (channelName.isEmpty()) {
                log.warn(
                        "[{}] the caller is to reach {}, but without ARI the dialplan cannot be told: it goes on after"
                                + " AudioSocket()",
                        callId,
                        destination);
                return;
            }
            ready = directory
                    .leaveDestination(channelName.get(), destination)
                    .orTimeout(1, TimeUnit.SECONDS)
                    .exceptionally(error -> {
                        log.warn(
                                "[{}] the destination {} could not be set: {}",
                                callId,
                                destination,
                                error.getMessage());
                        return null;
                    });
        }
    }
}
