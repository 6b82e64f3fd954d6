package io.patchcord.agent.asterisk;

import io.patchcord.ari.AriClient;
import io.patchcord.ari.Channel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What ARI knows about channels that are not under its control. Thread-safe; knows nothing where there is no ARI. */
final class ChannelDirectory {

    /** Read in the dialplan as {@code ${SHARED(PATCHCORD_NEXT)}}. */
    static final String DESTINATION_VARIABLE = "PATCHCORD_NEXT";

    private final @Nullable AriClient ari;

    ChannelDirectory(@Nullable AriClient ari) {
        this.ari = ari;
    }

    /**
     * The channel that runs {@code AudioSocket()} with this UUID; none where several do, as the dialplan gives the same one to
     * all callers.
     */
    CompletableFuture<Optional<Channel>> findByUuid(UUID uuid) {
        if (ari == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        String text = uuid.toString();
        return ari.channels().list().thenApply(channels -> {
            List<Channel> found = channels.stream()
                    .filter(channel -> channel.dialplan().appName().equals("AudioSocket")
                            && channel.dialplan()
                                    .appData()
                                    .toLowerCase(Locale.ROOT)
                                    .startsWith(text))
                    .toList();
            return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
        });
    }

    /**
     * Tells the dialplan where the caller is to go. Variables of a channel outside Stasis cannot be set through ARI, but
     * the function SHARED writes to any channel that it is given by name.
     */
    CompletableFuture<@Nullable Void> leaveDestination(String channelName, String destination) {
        if (ari == null) {
            return CompletableFuture.completedFuture(null);
        }
        return ari.asterisk()
                .setVariable("SHARED(" + DESTINATION_VARIABLE + "," + channelName + ")", destination)
                .thenApply(done -> null);
    }
}
