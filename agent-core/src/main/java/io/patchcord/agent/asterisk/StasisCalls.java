package io.patchcord.agent.asterisk;

import io.patchcord.agent.CallContext;
import io.patchcord.agent.CallSession;
import io.patchcord.agent.loop.CallLoop;
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
import java.util.stream.Stream;
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
    private final Map<String, StasisCall> byCaller = new HashMap<>();
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

    /** Completes when no call is left and nothing of ours is in Asterisk any more; no new ones are taken from now on. */
    CompletableFuture<Void> drain() {
        control.execute(() -> {
            takingCalls = false;
            stopping = true;
            completeIfEmpty();
        });
        return empty;
    }

    /** Whether the channel is one of ours that we know, as caller or as media. */
    boolean knows(String channelId) {
        return byCaller.containsKey(channelId) || byMedia.containsKey(channelId);
    }

    boolean knowsBridge(String bridgeId) {
        return byCaller.values().stream().anyMatch(call -> call.bridgeId().equals(bridgeId));
    }

    /** The callers and media channels that we believe in. */
    List<String> channelIds() {
        return Stream.concat(byCaller.keySet().stream(), byMedia.keySet().stream())
                .toList();
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
        } else if (!knows(channel.id())) {
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
        AudioSocketMediaPort port = new AudioSocketMediaPort(connection, call::closeMedia);
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
        String callId = UUID.randomUUID().toString();
        if (!takingCalls || !calls.hasRoom()) {
            log.warn(
                    "the caller {} is sent on: {}",
                    channel.caller().number(),
                    takingCalls ? "too many calls" : "stopping");
            ari.channels().continueInDialplan(channel.id(), DialplanTarget.next());
            return;
        }
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
                () -> forget(channel.id()));
        byCaller.put(channel.id(), call);
        byMedia.put(call.mediaId(), call);
        awaitingMedia.put(call.uuid(), call);
        call.start(channel, settings.mediaAddress());
    }

    private void forget(String callerId) {
        StasisCall call = byCaller.remove(callerId);
        if (call != null) {
            byMedia.remove(call.mediaId());
            awaitingMedia.remove(call.uuid());
            completeIfEmpty();
        }
    }

    private void completeIfEmpty() {
        if (stopping && byCaller.isEmpty()) {
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
