package io.patchcord.ari;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Requests about bridges. Thread-safe; every method returns at once. */
public final class Bridges {

    private final AriHttp http;

    Bridges(AriHttp http) {
        this.http = http;
    }

    /** All bridges of the PBX, ours or not. */
    public CompletableFuture<List<Bridge>> list() {
        return http.fetchList(AriRequest.get("bridges.list", "bridges"), Bridge::from);
    }

    public CompletableFuture<Bridge> get(String id) {
        return http.fetch(AriRequest.get("bridges.get", "bridges", id), Bridge::from);
    }

    /** Makes a bridge; {@link AriException.Kind#CONFLICT} when its id exists (before 18 or so: SERVER). */
    public CompletableFuture<Bridge> create(CreateBridgeRequest request) {
        // The id goes into the path: as a parameter in a body, 22.10 answers 500 for one that exists, and 16.28 makes
        // a second bridge of that id. Both were seen.
        AriRequest post = request.bridgeId().isEmpty()
                ? AriRequest.post("bridges.create", "bridges")
                : AriRequest.post("bridges.create", "bridges", request.bridgeId());
        return http.fetch(post.body(request.parameters()), Bridge::from);
    }

    /** Removes a bridge; its channels stay in Stasis and are not hung up. */
    public CompletableFuture<Void> destroy(String id) {
        return http.perform(AriRequest.delete("bridges.destroy", "bridges", id));
    }

    /**
     * Puts channels in. A channel of external media can be put in after its StasisStart only
     * ({@link AriException.Kind#UNPROCESSABLE} before). Done when ChannelEnteredBridge comes.
     */
    public CompletableFuture<Void> addChannels(String id, AddChannelsRequest request) {
        return http.perform(post("addChannel", id).body(request.parameters()));
    }

    public CompletableFuture<Void> addChannels(String id, String... channelIds) {
        return addChannels(id, AddChannelsRequest.of(channelIds));
    }

    /** Takes channels out; done when ChannelLeftBridge comes. */
    public CompletableFuture<Void> removeChannels(String id, String... channelIds) {
        return http.perform(post("removeChannel", id).body(Map.of("channel", List.of(channelIds))));
    }

    /** Plays music on hold, of the default class, to all in the bridge. */
    public CompletableFuture<Void> startMusicOnHold(String id) {
        return startMusicOnHold(id, "");
    }

    public CompletableFuture<Void> startMusicOnHold(String id, String musicClass) {
        return http.perform(post("moh", id)
                .body(new Parameters().text("mohClass", musicClass).toMap()));
    }

    public CompletableFuture<Void> stopMusicOnHold(String id) {
        return http.perform(AriRequest.delete("bridges.stopMoh", "bridges", id, "moh"));
    }

    /** Plays media to all in the bridge, through an announcer channel. */
    public CompletableFuture<Playback> play(String id, PlayRequest request) {
        return http.fetch(post("play", id).body(request.parameters()), Playback::from);
    }

    /** Records what is heard in the bridge. */
    public CompletableFuture<LiveRecording> record(String id, RecordRequest request) {
        return http.fetch(post("record", id).body(request.parameters()), LiveRecording::from);
    }

    private static AriRequest post(String verb, String id) {
        return AriRequest.post("bridges." + verb, "bridges", id, verb);
    }
}
