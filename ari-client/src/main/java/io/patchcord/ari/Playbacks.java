package io.patchcord.ari;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Requests about media being played. Thread-safe; every method returns at once. A finished playback is not found. */
public final class Playbacks {

    /** What can be done to a playback. */
    public enum Control {
        RESTART,
        PAUSE,
        UNPAUSE,
        REVERSE,
        FORWARD
    }

    private final AriHttp http;

    Playbacks(AriHttp http) {
        this.http = http;
    }

    public CompletableFuture<Playback> get(String id) {
        return http.fetch(AriRequest.get("playbacks.get", "playbacks", id), Playback::from);
    }

    public CompletableFuture<Void> stop(String id) {
        return http.perform(AriRequest.delete("playbacks.stop", "playbacks", id));
    }

    /** {@link AriException.Kind#CONFLICT} when the playback is in the wrong state for it. */
    public CompletableFuture<Void> control(String id, Control control) {
        return http.perform(AriRequest.post("playbacks.control", "playbacks", id, "control")
                .body(Map.of("operation", control.name().toLowerCase(Locale.ROOT))));
    }
}
