package io.patchcord.ari;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Requests about recordings that Asterisk keeps, by name. Thread-safe; every method returns at once. */
public final class StoredRecordings {

    private final AriHttp http;

    StoredRecordings(AriHttp http) {
        this.http = http;
    }

    public CompletableFuture<List<StoredRecording>> list() {
        return http.fetchList(AriRequest.get("recordings.stored.list", "recordings", "stored"), StoredRecording::from);
    }

    public CompletableFuture<StoredRecording> get(String name) {
        return http.fetch(AriRequest.get("recordings.stored.get", "recordings", "stored", name), StoredRecording::from);
    }

    public CompletableFuture<Void> delete(String name) {
        return http.perform(AriRequest.delete("recordings.stored.delete", "recordings", "stored", name));
    }

    /** Copies a recording; {@link AriException.Kind#CONFLICT} when the destination exists. */
    public CompletableFuture<StoredRecording> copy(String name, String destination) {
        return http.fetch(
                AriRequest.post("recordings.stored.copy", "recordings", "stored", name, "copy")
                        .body(Map.of("destinationRecordingName", Parameters.required("destination", destination))),
                StoredRecording::from);
    }

    /**
     * Copies the sound file to this machine (14.0), however long that takes, and replaces a file that is there.
     *
     * @return the target
     */
    public CompletableFuture<Path> download(String name, Path target) {
        return http.stream(AriRequest.get("recordings.stored.file", "recordings", "stored", name, "file"), response -> {
            save(response.body().byteStream(), target);
            return target;
        });
    }

    /** Writes beside the target first, so that a broken transfer leaves no half file under the right name. */
    private static void save(InputStream content, Path target) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
