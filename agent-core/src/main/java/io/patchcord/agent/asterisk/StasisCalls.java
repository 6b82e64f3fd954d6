package io.patchcord.agent.asterisk;

import io.patchcord.agent.CallContext;
import io.patchcord.agent.CallSession;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.MediaListener;
import io.patchcord.ari.AriClient;
import io.patchcord.ari.AriEvent;
import io.patchcord.ari.Channel;
import io.patchcord.ari.ChannelState;
import io.patchcord.ari.DialplanTarget;
import io.patchcord.audiosocket.AudioSocketConnection;
import io.patchcord.audiosocket.AudioSocketListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The callers in our Stasis applications. Confined to the control loop, but for {@link #accept}, which connections call on
 * their own.
 */
final class StasisCalls {

    private static final Logger log = LoggerFactory.getLogger(StasisCalls.class);

    private final AriClient ari;
    private final CallLoop control;
    private final OwnIds ids;
    private final Settings settings;
    private final CallRouter router;
    private final ActiveCalls calls;
    /** The newest call of each caller: the dialplan can bring him back before his last one has been taken down. */
    private final Map<String, StasisCall> byCaller = new HashMap<>();

    /** All calls of which anything may be in Asterisk. */
    private final Map<String, StasisCall> byMedia = new HashMap<>();

    private final Map<UUID, StasisCall> awaitingMedia = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private boolean takingCalls = true;
    private boolean stopping;

    /**
     * What calls are set up with.
     *
     * @param mediaAddress where Asterisk reaches our AudioSocket server, host:port
     * @param transferContext in which extensions are dialled
     */
    record Settings(String mediaAddress, String transferContext) {}

    StasisCalls(AriClient ari, CallLoop control, OwnIds ids, Settings settings, CallRouter router, ActiveCalls calls) {
        this.ari = ari;
        this.control = control;
        this.ids = ids;
        this.settings = settings;
        this.router = router;
        this.calls = calls;
    }

    void onEvent(AriEvent event) {
        if (event instanceof AriEvent.StasisStart start) {
            entered(start.origin().application(), start.channel(), start.args());
        } else if (event instanceof AriEvent.ChannelStateChange change) {
            if (change.channel().state() == ChannelState.UP) {
                find(change.channel()).ifPresent(StasisCall::callerAnswered);
            }
        } else if (event instanceof AriEvent.ChannelHangupRequest hangup) {
            left(hangup.channel().id());
        } else if (event instanceof AriEvent.StasisEnd end) {
            left(end.channel().id());
        } else if (event instanceof AriEvent.ChannelDestroyed destroyed) {
            left(destroyed.channel().id());
        }
    }

    /** Takes no more calls, as somebody else has our application now, or we are about to stop. */
    void stopTakingCalls() {
        takingCalls = false;
    }

    /**
     * Ends all calls, also those that are still being set up. Completes when nothing of ours is in Asterisk any more; no new
     * ones are taken from now on.
     */
    CompletableFuture<Void> drain() {
        control.execute(() -> {
            takingCalls = false;
            stopping = true;
            List.copyOf(byMedia.values()).forEach(StasisCall::shutDown);
            completeIfEmpty();
        });
        return empty;
    }

    /** Whether the channel is one of ours that we know, as caller or as media. */
    boolean knows(String channelId) {
        return byCaller.containsKey(channelId) || byMedia.containsKey(channelId);
    }

    boolean knowsBridge(String bridgeId) {
        return byMedia.values().stream().anyMatch(call -> call.bridgeId().equals(bridgeId));
    }

    /** The callers that we believe in. */
    List<String> callerIds() {
        return List.copyOf(byCaller.keySet());
    }

    /** The channel is there; what events would have told of it may have been missed. */
    void present(Channel channel) {
        if (channel.state() == ChannelState.UP) {
            find(channel).ifPresent(StasisCall::callerAnswered);
        }
        if (channel.inStasis()) {
            Optional.ofNullable(byMedia.get(channel.id())).ifPresent(StasisCall::mediaReady);
        }
    }

    /** The channel has left the application or is gone. */
    void left(String channelId) {
        StasisCall caller = byCaller.get(channelId);
        if (caller != null) {
            caller.callerLeft();
        }
        StasisCall media = byMedia.get(channelId);
        if (media != null) {
            media.mediaLeft();
        }
    }

    /** A channel is in our application: a caller, or the media channel that we asked for. */
    void entered(String application, Channel channel, List<String> args) {
        if (ids.isOwn(channel.id())) {
            Optional.ofNullable(byMedia.get(channel.id())).ifPresent(StasisCall::mediaReady);
        } else if (find(channel).map(StasisCall::isEnding).orElse(true)) {
            newCall(application, channel, args);
        }
    }

    /**
     * The conversation for a connection whose UUID we gave to Asterisk; empty if the call has ended meanwhile. On the
     * connection's event loop.
     */
    Optional<AudioSocketListener> accept(AudioSocketConnection connection) {
        StasisCall call = awaitingMedia.remove(connection.id());
        if (call == null) {
            return Optional.empty();
        }
        NettyCallLoop loop = new NettyCallLoop(connection.eventLoop());
        AudioSocketMediaPort port =
                new AudioSocketMediaPort(connection, MediaListener.CloseReason.FAILED, call::closeMedia);
        CallRouter.Route route = call.route();
        CallSession session = route.problem().isEmpty()
                ? route.agent().newCall(call.context(), loop, port, call)
                : route.agent().newRefusal(call.context(), loop, port, call);
        LiveCall live = new LiveCall(session, loop);
        calls.add(call.context().callId(), live);
        session.start();
        control.execute(() -> call.connected(live));
        return Optional.of(port);
    }

    private void newCall(String application, Channel channel, List<String> args) {
        Optional<String> place = takingCalls ? calls.enter(UUID.randomUUID().toString()) : Optional.empty();
        if (place.isEmpty()) {
            log.warn(
                    "the caller {} is sent on: {}",
                    channel.caller().number(),
                    takingCalls ? calls.whyFull() : "no more calls are taken");
            ari.channels().continueInDialplan(channel.id(), DialplanTarget.next());
            return;
        }
        String callId = place.get();
        CallRouter.Route route = router.route(application, args);
        route.problem()
                .ifPresent(problem -> log.error(
                        "[{}] Stasis({}) in {}@{} cannot be served: {}",
                        callId,
                        application + (args.isEmpty() ? "" : "," + String.join(",", args)),
                        channel.dialplan().extension(),
                        channel.dialplan().context(),
                        problem));
        StasisCall call = new StasisCall(
                ari,
                control,
                ids,
                application,
                settings.transferContext(),
                context(callId, channel, route),
                route,
                this::forget,
                this::isLast);
        byCaller.put(channel.id(), call);
        byMedia.put(call.mediaId(), call);
        awaitingMedia.put(call.uuid(), call);
        call.start(channel.state(), settings.mediaAddress());
    }

    private void forget(StasisCall call) {
        byCaller.remove(call.context().channelId(), call);
        byMedia.remove(call.mediaId());
        if (awaitingMedia.remove(call.uuid()) != null) {
            calls.leave(call.context().callId());
        }
        completeIfEmpty();
    }

    private boolean isLast(StasisCall call) {
        StasisCall newest = byCaller.get(call.context().channelId());
        return newest == null || newest == call;
    }

    private void completeIfEmpty() {
        if (stopping && byMedia.isEmpty()) {
            empty.complete(null);
        }
    }

    private Optional<StasisCall> find(Channel caller) {
        return Optional.ofNullable(byCaller.get(caller.id()));
    }

    private static CallContext context(String callId, Channel channel, CallRouter.Route route) {
        return new CallContext(
                callId,
                CallContext.Arrival.STASIS,
                channel.id(),
                channel.caller().number(),
                channel.caller().name(),
                channel.dialplan().extension(),
                route.provider(),
                route.agent().profile().name());
    }
}
