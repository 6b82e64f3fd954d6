package io.patchcord.ari;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the text of an event into its record. Stateless, thread-safe. */
final class EventDecoder {

    private static final Logger log = LoggerFactory.getLogger(EventDecoder.class);

    @FunctionalInterface
    private interface Shape {
        AriEvent read(AriEvent.Origin origin, JsonNode json);
    }

    private static final Map<String, Shape> SHAPES = shapes();

    private EventDecoder() {}

    /** The event, or nothing when the text is no JSON object. */
    static Optional<AriEvent> decode(String text) {
        JsonNode json;
        try {
            json = Json.parse(text);
        } catch (JsonProcessingException e) {
            log.warn("An event of {} characters is dropped, it is no JSON: {}", text.length(), e.getOriginalMessage());
            return Optional.empty();
        }
        if (!json.isObject()) {
            log.warn("An event of {} characters is dropped, it is no JSON object", text.length());
            return Optional.empty();
        }
        return Optional.of(read(json, text));
    }

    private static AriEvent read(JsonNode json, String text) {
        AriEvent.Origin origin = new AriEvent.Origin(
                Json.text(json, "application"), Json.text(json, "asterisk_id"), Json.instant(json, "timestamp"));
        String type = Json.text(json, "type");
        Shape shape = SHAPES.get(type);
        if (shape == null) {
            return new AriEvent.Unknown(origin, type, text);
        }
        try {
            return shape.read(origin, json);
        } catch (RuntimeException e) {
            log.warn("A {} event is passed on as unknown: {}", type, e.getMessage());
            return new AriEvent.Unknown(origin, type, text);
        }
    }

    private static Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new HashMap<>();
        addChannelShapes(shapes);
        addCallShapes(shapes);
        addMediaShapes(shapes);
        addBridgeShapes(shapes);
        addApplicationShapes(shapes);
        return Map.copyOf(shapes);
    }

    private static void addChannelShapes(Map<String, Shape> shapes) {
        shapes.put(
                "StasisStart",
                (origin, json) -> new AriEvent.StasisStart(
                        origin, channel(json), Json.texts(json, "args"), channel(json, "replace_channel")));
        shapes.put("StasisEnd", (origin, json) -> new AriEvent.StasisEnd(origin, channel(json)));
        shapes.put("ChannelCreated", (origin, json) -> new AriEvent.ChannelCreated(origin, channel(json)));
        shapes.put(
                "ChannelDestroyed",
                (origin, json) -> new AriEvent.ChannelDestroyed(
                        origin, channel(json), Json.integer(json, "cause"), Json.text(json, "cause_txt")));
        shapes.put(
                "ChannelHangupRequest",
                (origin, json) -> new AriEvent.ChannelHangupRequest(
                        origin,
                        channel(json),
                        Json.integer(json, "cause"),
                        json.path("soft").asBoolean(false)));
        shapes.put("ChannelStateChange", (origin, json) -> new AriEvent.ChannelStateChange(origin, channel(json)));
        shapes.put(
                "ChannelVarset",
                (origin, json) -> new AriEvent.ChannelVarset(
                        origin, channel(json, "channel"), Json.text(json, "variable"), Json.text(json, "value")));
        shapes.put(
                "ChannelDialplan",
                (origin, json) -> new AriEvent.ChannelDialplan(
                        origin, channel(json), Json.text(json, "dialplan_app"), Json.text(json, "dialplan_app_data")));
        shapes.put(
                "ChannelCallerId",
                (origin, json) -> new AriEvent.ChannelCallerId(
                        origin,
                        channel(json),
                        Json.integer(json, "caller_presentation"),
                        Json.text(json, "caller_presentation_txt")));
        shapes.put("ChannelConnectedLine", (origin, json) -> new AriEvent.ChannelConnectedLine(origin, channel(json)));
        shapes.put(
                "ChannelUserevent",
                (origin, json) -> new AriEvent.ChannelUserevent(
                        origin, channel(json, "channel"), Json.text(json, "eventname"), Json.raw(json, "userevent")));
    }

    private static void addCallShapes(Map<String, Shape> shapes) {
        shapes.put(
                "ChannelDtmfReceived",
                (origin, json) -> new AriEvent.ChannelDtmfReceived(
                        origin, channel(json), Json.text(json, "digit"), millis(json, "duration_ms")));
        shapes.put(
                "ChannelHold",
                (origin, json) -> new AriEvent.ChannelHold(origin, channel(json), Json.text(json, "musicclass")));
        shapes.put("ChannelUnhold", (origin, json) -> new AriEvent.ChannelUnhold(origin, channel(json)));
        shapes.put(
                "ChannelTalkingStarted", (origin, json) -> new AriEvent.ChannelTalkingStarted(origin, channel(json)));
        shapes.put(
                "ChannelTalkingFinished",
                (origin, json) -> new AriEvent.ChannelTalkingFinished(origin, channel(json), millis(json, "duration")));
        shapes.put("ChannelToneDetected", (origin, json) -> new AriEvent.ChannelToneDetected(origin, channel(json)));
        shapes.put(
                "ChannelTransfer",
                (origin, json) -> new AriEvent.ChannelTransfer(
                        origin, Json.text(json, "state"), Json.raw(json, "refer_to"), Json.raw(json, "referred_by")));
        shapes.put(
                "Dial",
                (origin, json) -> new AriEvent.Dial(
                        origin,
                        Json.required(json, "peer", Channel::from),
                        channel(json, "caller"),
                        Json.text(json, "dialstring"),
                        Json.text(json, "dialstatus"),
                        Json.text(json, "forward")));
    }

    private static void addMediaShapes(Map<String, Shape> shapes) {
        shapes.put("PlaybackStarted", (origin, json) -> new AriEvent.PlaybackStarted(origin, playback(json)));
        shapes.put("PlaybackContinuing", (origin, json) -> new AriEvent.PlaybackContinuing(origin, playback(json)));
        shapes.put("PlaybackFinished", (origin, json) -> new AriEvent.PlaybackFinished(origin, playback(json)));
        shapes.put("RecordingStarted", (origin, json) -> new AriEvent.RecordingStarted(origin, recording(json)));
        shapes.put("RecordingFinished", (origin, json) -> new AriEvent.RecordingFinished(origin, recording(json)));
        shapes.put("RecordingFailed", (origin, json) -> new AriEvent.RecordingFailed(origin, recording(json)));
    }

    private static void addBridgeShapes(Map<String, Shape> shapes) {
        shapes.put("BridgeCreated", (origin, json) -> new AriEvent.BridgeCreated(origin, bridge(json, "bridge")));
        shapes.put("BridgeDestroyed", (origin, json) -> new AriEvent.BridgeDestroyed(origin, bridge(json, "bridge")));
        shapes.put(
                "BridgeMerged",
                (origin, json) ->
                        new AriEvent.BridgeMerged(origin, bridge(json, "bridge"), bridge(json, "bridge_from")));
        shapes.put(
                "ChannelEnteredBridge",
                (origin, json) -> new AriEvent.ChannelEnteredBridge(origin, bridge(json, "bridge"), channel(json)));
        shapes.put(
                "ChannelLeftBridge",
                (origin, json) -> new AriEvent.ChannelLeftBridge(origin, bridge(json, "bridge"), channel(json)));
        shapes.put(
                "BridgeBlindTransfer",
                (origin, json) -> new AriEvent.BridgeBlindTransfer(
                        origin,
                        channel(json),
                        Json.text(json, "context"),
                        Json.text(json, "exten"),
                        Json.text(json, "result"),
                        json.path("is_external").asBoolean(false),
                        channel(json, "replace_channel"),
                        channel(json, "transferee")));
        shapes.put(
                "BridgeAttendedTransfer",
                (origin, json) -> new AriEvent.BridgeAttendedTransfer(
                        origin,
                        Json.required(json, "transferer_first_leg", Channel::from),
                        Json.required(json, "transferer_second_leg", Channel::from),
                        Json.text(json, "result"),
                        json.path("is_external").asBoolean(false),
                        Json.text(json, "destination_type"),
                        channel(json, "replace_channel"),
                        channel(json, "transferee"),
                        channel(json, "transfer_target")));
    }

    private static void addApplicationShapes(Map<String, Shape> shapes) {
        shapes.put("ApplicationReplaced", (origin, json) -> new AriEvent.ApplicationReplaced(origin));
        shapes.put("ApplicationRegistered", (origin, json) -> new AriEvent.ApplicationRegistered(origin));
        shapes.put("ApplicationUnregistered", (origin, json) -> new AriEvent.ApplicationUnregistered(origin));
        shapes.put(
                "ApplicationMoveFailed",
                (origin, json) -> new AriEvent.ApplicationMoveFailed(
                        origin, channel(json), Json.text(json, "destination"), Json.texts(json, "args")));
    }

    private static Channel channel(JsonNode json) {
        return Json.required(json, "channel", Channel::from);
    }

    private static Optional<Channel> channel(JsonNode json, String field) {
        return Json.optional(json, field, Channel::from);
    }

    private static Bridge bridge(JsonNode json, String field) {
        return Json.required(json, field, Bridge::from);
    }

    private static Playback playback(JsonNode json) {
        return Json.required(json, "playback", Playback::from);
    }

    private static LiveRecording recording(JsonNode json) {
        return Json.required(json, "recording", LiveRecording::from);
    }

    private static Duration millis(JsonNode json, String field) {
        return Duration.ofMillis(Json.integer(json, field));
    }
}
