package io.patchcord.ari;

import java.util.concurrent.CompletableFuture;

/**
 * Requests about recordings in progress, by name. Thread-safe; every method returns at once.
 *
 * <p>Wait for {@link AriEvent.RecordingStarted} before a recording is ended: Asterisk answers a {@link #stop} or
 * {@link #cancel} that comes earlier as if it had worked, and in some cases records all the same
 * ({@code res_stasis_recording.c}, 22.10).
 */
public final class LiveRecordings {

    private final AriHttp http;

    LiveRecordings(AriHttp http) {
        this.http = http;
    }

    public CompletableFuture<LiveRecording> get(String name) {
        return http.fetch(AriRequest.get("recordings.live.get", "recordings", "live", name), LiveRecording::from);
    }

    /** Ends it and keeps it as a stored recording. */
    public CompletableFuture<Void> stop(String name) {
        return http.perform(AriRequest.post("recordings.live.stop", "recordings", "live", name, "stop"));
    }

    /**
     * Ends it and throws it away. Asterisk deletes its file at this moment, so a recording which begins right now, and
     * whose file is not there yet, may fail to be cancelled or stay as a stored one: look with
     * {@link StoredRecordings#get} where nothing may be kept.
     */
    public CompletableFuture<Void> cancel(String name) {
        return http.perform(AriRequest.delete("recordings.live.cancel", "recordings", "live", name));
    }

    /** Leaves out what is said until {@link #unpause}. */
    public CompletableFuture<Void> pause(String name) {
        return http.perform(AriRequest.post("recordings.live.pause", "recordings", "live", name, "pause"));
    }

    public CompletableFuture<Void> unpause(String name) {
        return http.perform(AriRequest.delete("recordings.live.unpause", "recordings", "live", name, "pause"));
    }

    /** Records silence until {@link #unmute}. */
    public CompletableFuture<Void> mute(String name) {
        return http.perform(AriRequest.post("recordings.live.mute", "recordings", "live", name, "mute"));
    }

    public CompletableFuture<Void> unmute(String name) {
        return http.perform(AriRequest.delete("recordings.live.unmute", "recordings", "live", name, "mute"));
    }
}
