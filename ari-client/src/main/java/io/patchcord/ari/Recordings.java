package io.patchcord.ari;

/** The two kinds of recordings. Thread-safe. */
public final class Recordings {

    private final LiveRecordings live;
    private final StoredRecordings stored;

    Recordings(AriHttp http) {
        this.live = new LiveRecordings(http);
        this.stored = new StoredRecordings(http);
    }

    /** Those in progress. */
    public LiveRecordings live() {
        return live;
    }

    /** Those that are finished and kept. */
    public StoredRecordings stored() {
        return stored;
    }
}
