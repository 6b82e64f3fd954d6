package io.patchcord.ari.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Playbacks and recordings of the fake. */
final class FakeMedia {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final FakePbx pbx;

    FakeMedia(FakePbx pbx) {
        this.pbx = pbx;
    }

    /** Played in no time: started and finished at once. */
    FakeReply play(FakeRequest request, String target, String application) {
        String id = request.parameter("playbackId").isEmpty() ? pbx.nextId() : request.parameter("playbackId");
        ObjectNode playback = JSON.objectNode()
                .put("id", id)
                .put("media_uri", request.parameter("media"))
                .put("target_uri", target)
                .put("language", "en")
                .put("state", "queued");
        for (String[] step : new String[][] {{"PlaybackStarted", "playing"}, {"PlaybackFinished", "done"}}) {
            ObjectNode event = FakePbx.event(step[0], application);
            event.set("playback", playback.deepCopy().put("state", step[1]));
            pbx.emit(event);
        }
        return FakeReply.ok(playback);
    }

    /** A recording that begins; of a channel that is in a bridge, one that fails in an event, as with 22.10. */
    FakeReply record(FakeRequest request, String target, String application, boolean possible) {
        ObjectNode recording = JSON.objectNode()
                .put("name", request.parameter("name"))
                .put("format", request.parameter("format"))
                .put("target_uri", target)
                .put("state", "queued");
        ObjectNode event = FakePbx.event(possible ? "RecordingStarted" : "RecordingFailed", application);
        event.set("recording", recording.deepCopy().put("state", possible ? "recording" : "failed"));
        pbx.emit(event);
        return new FakeReply(201, recording.toString());
    }
}
