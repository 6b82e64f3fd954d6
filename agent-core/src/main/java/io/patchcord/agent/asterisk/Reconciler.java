package io.patchcord.agent.asterisk;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.ari.AriClient;
import io.patchcord.ari.Bridge;
import io.patchcord.ari.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After every connection to ARI, and now and then: ends what is gone, frees what an earlier run of this agent left behind or
 * what Asterisk refused to remove. After a connection it also takes up the callers who wait in our applications without
 * anybody talking to them. Events that were missed are not sent again by Asterisk, so this is the only way to know. Confined
 * to the control loop.
 */
final class Reconciler {

    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
    private static final Pattern COMMA = Pattern.compile(",");

    private final AriClient ari;
    private final CallLoop control;
    private final OwnIds ids;
    private final List<String> applications;
    private final StasisCalls calls;
    private boolean shared;

    /** What was seen by the last look, and belonged to no call that we knew. */
    private Set<String> strays = Set.of();

    Reconciler(AriClient ari, CallLoop control, OwnIds ids, List<String> applications, StasisCalls calls) {
        this.ari = ari;
        this.control = control;
        this.ids = ids;
        this.applications = applications;
        this.calls = calls;
    }

    /**
     * Another program has one of our applications: from now on what looks left behind may be its own, and is left alone.
     */
    void shared() {
        shared = true;
    }

    /** After a connection: what belongs to no call is from an earlier one. */
    void run() {
        look((channels, bridges) -> {
                    free(channels, bridges, stray -> true);
                    channels.stream().filter(this::isForgottenCaller).forEach(this::takeUp);
                })
                .exceptionally(error -> {
                    log.warn("could not compare calls with Asterisk: {}", error.getMessage());
                    return null;
                });
    }

    /**
     * From now on, as long as the loop runs. What belongs to no call twice in a row is not just on its way out. Callers are
     * not taken up: one who belongs to no call may have been moved to another program, which Asterisk does not show.
     */
    void every(Duration period) {
        control.schedule(
                period,
                () -> look((channels, bridges) -> free(channels, bridges, strays::contains))
                        .whenComplete((done, error) -> {
                            if (error != null) {
                                log.debug("could not compare calls with Asterisk: {}", error.getMessage());
                            }
                            control.execute(() -> every(period));
                        }));
    }

    /** @param then what is to be done with all channels and bridges, unless another program has an application of ours */
    private CompletableFuture<?> look(BiConsumer<List<Channel>, List<Bridge>> then) {
        CompletableFuture<List<Channel>> channels = ari.channels().list();
        CompletableFuture<List<Bridge>> bridges = ari.bridges().list();
        List<String> before = calls.callerIds();
        return channels.thenAcceptBothAsync(
                bridges,
                (seen, built) -> {
                    compare(before, seen);
                    if (!shared) {
                        then.accept(seen, built);
                    }
                },
                control);
    }

    private void compare(List<String> before, List<Channel> channels) {
        Set<String> present =
                channels.stream().filter(Channel::inStasis).map(Channel::id).collect(Collectors.toSet());
        // Only those that were known before the question was asked; later ones are not in the answer.
        before.stream().filter(id -> !present.contains(id)).forEach(calls::left);
        channels.forEach(calls::present);
    }

    private void free(List<Channel> channels, List<Bridge> bridges, Predicate<String> isLeft) {
        List<Channel> media = channels.stream().filter(this::isOrphan).toList();
        List<Bridge> empty = bridges.stream().filter(this::isOrphan).toList();
        media.stream().filter(each -> isLeft.test(each.id())).forEach(this::hangUp);
        empty.stream().filter(each -> isLeft.test(each.id())).forEach(this::destroy);
        strays = Stream.concat(media.stream().map(Channel::id), empty.stream().map(Bridge::id))
                .collect(Collectors.toSet());
    }

    private boolean isOrphan(Bridge bridge) {
        return ids.isOwn(bridge.id()) && !calls.knowsBridge(bridge.id());
    }

    private boolean isOrphan(Channel channel) {
        return ids.isOwn(channel.id()) && !calls.knows(channel.id());
    }

    private boolean isForgottenCaller(Channel channel) {
        return channel.inStasis()
                && !ids.isOwn(channel.id())
                && !calls.knows(channel.id())
                && applications.contains(arguments(channel).get(0));
    }

    private void hangUp(Channel channel) {
        log.info("ending the media channel {} that was left behind", channel.id());
        ari.channels().hangup(channel.id());
    }

    private void destroy(Bridge bridge) {
        log.info("removing the bridge {} that was left behind", bridge.id());
        ari.bridges().destroy(bridge.id());
    }

    private void takeUp(Channel channel) {
        List<String> arguments = arguments(channel);
        log.info("taking up the caller {} who waits in {}", channel.caller().number(), arguments.get(0));
        calls.entered(arguments.get(0), channel, arguments.subList(1, arguments.size()));
    }

    /** The application and its arguments, as the dialplan gave them to Stasis(). */
    private static List<String> arguments(Channel channel) {
        return COMMA.splitAsStream(channel.dialplan().appData()).toList();
    }
}
