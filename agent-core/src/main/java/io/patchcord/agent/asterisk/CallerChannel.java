package io.patchcord.agent.asterisk;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.ari.AriClient;
import io.patchcord.ari.AriException;
import io.patchcord.ari.DialplanTarget;
import io.patchcord.ari.HangupReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channel of a caller in our Stasis application, and where it goes when we are done with it. Asks again where Asterisk
 * refuses, as the caller would be left in silence. Confined to the control loop.
 */
final class CallerChannel {

    private static final Logger log = LoggerFactory.getLogger(CallerChannel.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(3);
    private static final int ASK_TIMES = 5;

    private final AriClient ari;
    private final CallLoop control;
    private final String callId;
    private final String channelId;
    private final BooleanSupplier isLast;
    private boolean present = true;

    /** @param isLast whether the caller has not come back to another call since */
    CallerChannel(AriClient ari, CallLoop control, String callId, String channelId, BooleanSupplier isLast) {
        this.ari = ari;
        this.control = control;
        this.callId = callId;
        this.channelId = channelId;
        this.isLast = isLast;
    }

    /** Hung up, or sent elsewhere by somebody: nothing is to be done with it any more. */
    void left() {
        present = false;
    }

    CompletableFuture<Void> answer() {
        return ari.channels().answer(channelId);
    }

    void hangUp() {
        insist("hang up", () -> ari.channels().hangup(channelId, HangupReason.NORMAL), ASK_TIMES);
    }

    /** The dialplan goes on after {@code Stasis()}. */
    void goOn() {
        insist("continue", () -> ari.channels().continueInDialplan(channelId, DialplanTarget.next()), ASK_TIMES);
    }

    /**
     * The dialplan goes on elsewhere, or after {@code Stasis()} if that cannot be.
     *
     * @param destination as in {@link Destination}
     * @param defaultContext for a destination without one
     */
    void transfer(String destination, String defaultContext) {
        log.info("[{}] the caller goes on to {}", callId, destination);
        ask(
                "transfer to " + destination,
                () -> ari.channels()
                        .continueInDialplan(
                                channelId,
                                Destination.parse(destination)
                                        .orIn(defaultContext)
                                        .target()),
                failure -> goOn());
    }

    /**
     * Whether the caller has left meanwhile, of which the event is still on its way. A channel that is to be added to a
     * bridge and is not there is 400, one that has left the application 422 (res/ari/resource_bridges.c); one that is to go
     * on in the dialplan and does so already is 409 (res/ari/resource_channels.c).
     */
    static boolean isGone(AriException refusal) {
        return switch (refusal.kind()) {
            case NOT_FOUND -> true;
            case BAD_REQUEST, CONFLICT, UNPROCESSABLE ->
                refusal.asteriskMessage().startsWith("Channel not ");
            default -> false;
        };
    }

    /** Not where the answer was lost: the caller may have gone on to somebody else. */
    private void insist(String what, Supplier<CompletableFuture<Void>> request, int times) {
        ask(what, request, failure -> {
            if (times > 1 && failure.kind() != AriException.Kind.UNREACHABLE) {
                control.schedule(ASK_AGAIN, () -> {
                    if (isLast.getAsBoolean()) {
                        insist(what, request, times - 1);
                    }
                });
            }
        });
    }

    private void ask(String what, Supplier<CompletableFuture<Void>> request, Consumer<AriException> otherwise) {
        if (!present) {
            return;
        }
        // A request that cannot even be made fails as one that is refused.
        CompletableFuture.completedFuture(null)
                .thenCompose(start -> request.get())
                .exceptionally(error -> {
                    AriException failure = AriException.from(error);
                    if (isGone(failure)) {
                        log.debug("[{}] {}: {}", callId, what, failure.getMessage());
                    } else {
                        log.warn("[{}] {}: {}", callId, what, failure.getMessage());
                        control.execute(() -> otherwise.accept(failure));
                    }
                    return null;
                });
    }
}
