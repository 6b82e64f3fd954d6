package io.patchcord.agent.asterisk;

import io.patchcord.agent.CallContext;
import io.patchcord.agent.CallControl;
import io.patchcord.agent.CallEvent.EndReason;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.ari.AriClient;
import io.patchcord.ari.AriException;
import io.patchcord.ari.ChannelState;
import io.patchcord.ari.CreateBridgeRequest;
import io.patchcord.ari.ExternalMediaRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One caller in our Stasis application: answer, a bridge and an external media channel of our own, both bridged, and at
 * the end everything taken down again, at whatever point of the set-up that comes.
 *
 * <p>Confined to the control loop, but for {@link CallControl}, which comes from the call loop. Nothing is deleted before
 * the answer to its creation is there, or it might be made after it was deleted.
 */
final class StasisCall implements CallControl {

    private static final Logger log = LoggerFactory.getLogger(StasisCall.class);
    private static final Duration SETUP_LIMIT = Duration.ofSeconds(10);

    private final AriClient ari;
    private final CallLoop control;
    private final CallContext context;
    private final CallerChannel caller;
    private final CallRouter.Route route;
    private final String application;
    private final String transferContext;
    private final String mediaId;
    private final String bridgeId;
    private final UUID uuid;
    private final Consumer<StasisCall> onGone;

    private final CompletableFuture<Void> callerUp = new CompletableFuture<>();
    private final CompletableFuture<Void> mediaEntered = new CompletableFuture<>();
    private final CompletableFuture<LiveCall> connected = new CompletableFuture<>();
    private CompletableFuture<?> mediaMade = CompletableFuture.completedFuture(null);
    private CompletableFuture<?> bridgeMade = CompletableFuture.completedFuture(null);
    private @Nullable CompletableFuture<?> mediaDeleted;
    private CallLoop.@Nullable Timer setupLimit;
    private boolean ending;

    /**
     * @param onGone told when nothing of ours is left in Asterisk
     * @param isLast whether the caller has not come back to another call since
     */
    StasisCall(
            AriClient ari,
            CallLoop control,
            OwnIds ids,
            String application,
            String transferContext,
            CallContext context,
            CallRouter.Route route,
            Consumer<StasisCall> onGone,
            Predicate<StasisCall> isLast) {
        this.ari = ari;
        this.control = control;
        this.context = context;
        this.route = route;
        this.application = application;
        this.transferContext = transferContext;
        this.mediaId = ids.media(context.callId());
        this.bridgeId = ids.bridge(context.callId());
        this.uuid = ids.newUuid();
        this.onGone = onGone;
        this.caller = new CallerChannel(ari, control, context.callId(), context.channelId(), () -> isLast.test(this));
    }

    CallContext context() {
        return context;
    }

    CallRouter.Route route() {
        return route;
    }

    UUID uuid() {
        return uuid;
    }

    String mediaId() {
        return mediaId;
    }

    String bridgeId() {
        return bridgeId;
    }

    /** Whether it is over, and what is ours in Asterisk is being taken down. */
    boolean isEnding() {
        return ending;
    }

    /** Sends everything that does not depend on each other at once; the caller waits. */
    void start(ChannelState state, String mediaAddress) {
        if (state == ChannelState.UP) {
            callerUp.complete(null);
        } else {
            caller.answer().whenComplete((done, error) -> {
                if (error != null) {
                    callerUp.completeExceptionally(error);
                }
            });
        }
        bridgeMade = ari.bridges().create(CreateBridgeRequest.mixing(bridgeId, "patchcord " + context.callId()));
        mediaMade = ari.channels()
                .externalMedia(ExternalMediaRequest.audioSocket(application, mediaAddress, uuid)
                        .channelId(mediaId)
                        .build());
        setupLimit = control.schedule(
                SETUP_LIMIT,
                () -> failed(new IllegalStateException("not set up within " + SETUP_LIMIT.toSeconds() + " s")));
        CompletableFuture.allOf(callerUp, bridgeMade, mediaMade, mediaEntered, connected)
                .thenCompose(done -> ari.bridges().addChannels(bridgeId, context.channelId(), mediaId))
                .whenComplete((done, error) -> control.execute(() -> {
                    if (error != null) {
                        failed(error);
                    } else {
                        bridged();
                    }
                }));
        // The sum of all waits for the slowest; a part that fails ends the wait at once.
        for (CompletableFuture<?> part : List.of(callerUp, bridgeMade, mediaMade)) {
            part.whenComplete((done, error) -> {
                if (error != null) {
                    control.execute(() -> failed(error));
                }
            });
        }
    }

    /** Asterisk's audio connection is there and the conversation waits on it. */
    void connected(LiveCall call) {
        connected.complete(call);
        if (ending) {
            call.end(EndReason.CALLER_HUNG_UP);
        }
    }

    /** The caller's channel is up. */
    void callerAnswered() {
        callerUp.complete(null);
    }

    /** Our media channel has entered the application and can be bridged. */
    void mediaReady() {
        mediaEntered.complete(null);
    }

    /** The caller has left: hung up, or sent elsewhere by somebody. */
    void callerLeft() {
        caller.left();
        end(EndReason.CALLER_HUNG_UP, () -> {});
    }

    /** The media channel is gone without our doing: nothing can be heard any more. */
    void mediaLeft() {
        end(EndReason.MEDIA_FAILED, caller::goOn);
    }

    /** The agent stops. */
    void shutDown() {
        end(EndReason.SHUTDOWN, caller::goOn);
    }

    @Override
    public void hangUp() {
        control.execute(() -> end(EndReason.AGENT_HUNG_UP, caller::hangUp));
    }

    @Override
    public void transfer(String destination) {
        control.execute(() -> end(EndReason.TRANSFERRED, () -> caller.transfer(destination, transferContext)));
    }

    @Override
    public void giveUp() {
        control.execute(() -> end(EndReason.PROVIDER_FAILED, caller::goOn));
    }

    /**
     * The conversation has closed its audio: the media channel goes first, then the connection's orderly end. From the
     * call loop.
     */
    void closeMedia(Runnable hangup) {
        control.execute(() -> {
            end(EndReason.CALLER_HUNG_UP, () -> {});
            mediaGone().whenComplete((done, error) -> hangup.run());
        });
    }

    private void bridged() {
        cancelSetupLimit();
        if (!ending) {
            connected.thenAccept(LiveCall::live);
        }
    }

    private void failed(Throwable error) {
        if (ending) {
            return;
        }
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof AriException refusal && CallerChannel.isGone(refusal)) {
            log.debug("[{}] the caller was gone before the call was set up: {}", context.callId(), cause.getMessage());
            end(EndReason.CALLER_HUNG_UP, caller::goOn);
        } else {
            log.error("[{}] the call could not be set up: {}", context.callId(), cause.getMessage());
            end(EndReason.MEDIA_FAILED, caller::goOn);
        }
    }

    /** Once: what becomes of the caller, then the teardown. */
    private void end(EndReason reason, Runnable callerAction) {
        if (ending) {
            return;
        }
        ending = true;
        cancelSetupLimit();
        callerAction.run();
        connected.thenAccept(call -> call.end(reason));
        CompletableFuture<?> media = mediaGone();
        CompletableFuture<?> bridge = bridgeMade
                .handle((made, error) -> media.handle(
                                (gone, failed) -> ari.bridges().destroy(bridgeId))
                        .thenCompose(destroyed -> destroyed))
                .thenCompose(destroyed -> destroyed);
        bridge.whenComplete((done, error) -> control.execute(() -> onGone.accept(this)));
    }

    /** Deletes the media channel once its creation is decided; completes either way. */
    private CompletableFuture<?> mediaGone() {
        CompletableFuture<?> deleted = mediaDeleted;
        if (deleted == null) {
            deleted = mediaMade
                    .handle((made, error) -> ari.channels().hangup(mediaId))
                    .thenCompose(hangup -> hangup)
                    .handle((done, error) -> null);
            mediaDeleted = deleted;
        }
        return deleted;
    }

    private void cancelSetupLimit() {
        if (setupLimit != null) {
            setupLimit.cancel();
        }
    }
}
