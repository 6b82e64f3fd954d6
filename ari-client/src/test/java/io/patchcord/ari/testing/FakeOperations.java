package io.patchcord.ari.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.ari.testing.FakePbx.FakeBridge;
import io.patchcord.ari.testing.FakePbx.FakeChannel;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** What the fake does on each request: the state of the PBX, the refusals, and the events before the answer. */
final class FakeOperations {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final FakePbx pbx;

    FakeOperations(FakePbx pbx) {
        this.pbx = pbx;
    }

    FakeReply perform(FakeRequest request) {
        synchronized (pbx) {
            return switch (request.segments().get(0)) {
                case "channels" -> channels(request);
                case "bridges" -> bridges(request);
                case "asterisk" -> asterisk(request);
                case "applications" -> applications(request);
                default -> notThere();
            };
        }
    }

    private FakeReply channels(FakeRequest request) {
        List<String> path = request.segments();
        if (path.size() == 1) {
            return request.method().equals("GET") ? listChannels() : originate(request);
        }
        if (path.get(1).equals("externalMedia")) {
            return externalMedia(request);
        }
        if (path.get(1).equals("create")) {
            return originate(request);
        }
        FakeChannel channel = pbx.channels().get(path.get(1));
        if (channel == null) {
            return FakeReply.refusal(404, "Channel not found");
        }
        return path.size() == 2 ? channelItself(request, channel) : channelOperation(request, channel, path.get(2));
    }

    private FakeReply listChannels() {
        ArrayNode list = JSON.arrayNode();
        pbx.channels().values().forEach(channel -> list.add(channel.json().deepCopy()));
        return FakeReply.ok(list);
    }

    private FakeReply originate(FakeRequest request) {
        String id = request.parameter("channelId").isEmpty() ? pbx.nextId() : request.parameter("channelId");
        if (pbx.channels().containsKey(id)) {
            return FakeReply.refusal(409, "Channel with given unique ID already exists");
        }
        ObjectNode json = FakePbx.channelJson(id, request.parameter("endpoint") + "-" + id, "Down", "AppDial2");
        FakeChannel channel = new FakeChannel(id, json, request.parameter("app"), true, new LinkedHashMap<>());
        pbx.channels().put(id, channel);
        return FakeReply.ok(json.deepCopy());
    }

    private FakeReply externalMedia(FakeRequest request) {
        String id = request.parameter("channelId").isEmpty() ? pbx.nextId() : request.parameter("channelId");
        if (request.parameter("app").isEmpty() || request.parameter("format").isEmpty()) {
            return FakeReply.refusal(400, "app and format are needed");
        }
        if (pbx.channels().containsKey(id)) {
            return FakeReply.refusal(409, "Channel with given unique ID already exists");
        }
        boolean audioSocket = request.parameter("encapsulation").equals("audiosocket");
        if (audioSocket && !request.parameter("transport").equals("tcp")) {
            return FakeReply.refusal(400, "The encapsulation and transport are not supported together");
        }
        String host = request.parameter("external_host");
        String data = request.parameter("data");
        ObjectNode json = FakePbx.channelJson(
                id,
                audioSocket ? "AudioSocket/" + host + "-" + data : "UnicastRTP/" + host + "-" + id,
                "Down",
                "AppDial2");
        ObjectNode answer = json.deepCopy();
        ObjectNode variables = answer.putObject("channelvars");
        if (audioSocket) {
            variables.put("AUDIOSOCKET_SERVICE", host).put("AUDIOSOCKET_UUID", data);
        } else {
            variables.put("UNICASTRTP_LOCAL_ADDRESS", "127.0.0.1").put("UNICASTRTP_LOCAL_PORT", "21726");
        }
        FakeChannel channel = new FakeChannel(id, json, request.parameter("app"), true, new LinkedHashMap<>());
        dialled(channel, host);
        pbx.enter(channel, data.isEmpty() ? new String[0] : data.split(",", -1));
        return FakeReply.ok(answer);
    }

    private void dialled(FakeChannel channel, String dialString) {
        pbx.emit(dial(channel, dialString, ""));
        channel.json().put("state", "Up");
        pbx.emit(pbx.event("ChannelStateChange", channel));
        pbx.emit(dial(channel, dialString, "ANSWER"));
        ((ObjectNode) channel.json().get("dialplan")).put("app_name", "Stasis");
    }

    private static ObjectNode dial(FakeChannel channel, String dialString, String status) {
        ObjectNode event = FakePbx.event("Dial", channel.application())
                .put("dialstatus", status)
                .put("forward", "")
                .put("dialstring", dialString);
        event.set("peer", channel.json().deepCopy());
        return event;
    }

    private FakeReply channelItself(FakeRequest request, FakeChannel channel) {
        if (request.method().equals("GET")) {
            return FakeReply.ok(channel.json().deepCopy());
        }
        pbx.leave(channel, 32, true);
        return FakeReply.noContent();
    }

    private FakeReply channelOperation(FakeRequest request, FakeChannel channel, String operation) {
        if (operation.equals("variable") && request.method().equals("GET")) {
            String value = channel.variables().get(request.parameter("variable"));
            return value == null
                    ? FakeReply.refusal(404, "Provided variable was not found")
                    : FakeReply.ok(JSON.objectNode().put("value", value));
        }
        if (channel.application().isEmpty()) {
            return FakeReply.refusal(409, "Channel not in Stasis application");
        }
        switch (operation) {
            case "variable" -> channel.variables().put(request.parameter("variable"), request.parameter("value"));
            case "variables" -> channel.variables().putAll(map(request.parameter("variables")));
            case "answer" -> answer(channel);
            case "continue", "move" -> pbx.leave(channel, 0, false);
            case "play" -> {
                return play(request, "channel:" + channel.id(), channel.application());
            }
            case "record" -> {
                return record(request, "channel:" + channel.id());
            }
            case "snoop" -> {
                return snoop(request, channel);
            }
            default -> {
                // Queued for the channel's thread in Asterisk; nothing that an agent would see.
            }
        }
        return FakeReply.noContent();
    }

    private static Map<String, String> map(String json) {
        try {
            Map<String, String> values = new LinkedHashMap<>();
            new ObjectMapper()
                    .readTree(json)
                    .properties()
                    .forEach(
                            field -> values.put(field.getKey(), field.getValue().asText()));
            return values;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the client sent variables that are no JSON: " + json, e);
        }
    }

    private void answer(FakeChannel channel) {
        if (!channel.json().path("state").asText().equals("Up")) {
            channel.json().put("state", "Up");
            pbx.emit(pbx.event("ChannelStateChange", channel));
        }
    }

    /** Played in no time: started and finished at once. */
    private FakeReply play(FakeRequest request, String target, String application) {
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

    private static FakeReply record(FakeRequest request, String target) {
        return FakeReply.ok(JSON.objectNode()
                .put("name", request.parameter("name"))
                .put("format", request.parameter("format"))
                .put("target_uri", target)
                .put("state", "queued"));
    }

    private FakeReply snoop(FakeRequest request, FakeChannel target) {
        String id = request.parameter("snoopId").isEmpty() ? pbx.nextId() : request.parameter("snoopId");
        ObjectNode json = FakePbx.channelJson(id, "Snoop/" + target.id() + "-" + id, "Up", "Stasis");
        pbx.enter(new FakeChannel(id, json, request.parameter("app"), true, new LinkedHashMap<>()));
        return FakeReply.ok(json.deepCopy());
    }

    private FakeReply bridges(FakeRequest request) {
        List<String> path = request.segments();
        if (path.size() == 1) {
            return request.method().equals("GET") ? listBridges() : createBridge(request);
        }
        FakeBridge bridge = pbx.bridges().get(path.get(1));
        if (bridge == null) {
            return FakeReply.refusal(404, "Bridge not found");
        }
        if (path.size() == 2 && request.method().equals("GET")) {
            return FakeReply.ok(FakePbx.json(bridge));
        }
        return path.size() == 2 ? destroy(bridge) : bridgeOperation(request, bridge, path.get(2));
    }

    private FakeReply listBridges() {
        ArrayNode list = JSON.arrayNode();
        pbx.bridges().values().forEach(bridge -> list.add(FakePbx.json(bridge)));
        return FakeReply.ok(list);
    }

    private FakeReply createBridge(FakeRequest request) {
        String id = request.parameter("bridgeId").isEmpty() ? pbx.nextId() : request.parameter("bridgeId");
        if (pbx.bridges().containsKey(id)) {
            return FakeReply.refusal(409, "Bridge with id '" + id + "' already exists");
        }
        FakeBridge bridge = new FakeBridge(id, request.parameter("name"), new LinkedHashSet<>());
        pbx.bridges().put(id, bridge);
        return FakeReply.ok(FakePbx.json(bridge));
    }

    private FakeReply destroy(FakeBridge bridge) {
        for (String member : List.copyOf(bridge.members())) {
            FakeChannel channel = pbx.channels().get(member);
            if (channel != null) {
                pbx.leave(bridge, channel);
            }
        }
        pbx.bridges().remove(bridge.id());
        return FakeReply.noContent();
    }

    private FakeReply bridgeOperation(FakeRequest request, FakeBridge bridge, String operation) {
        switch (operation) {
            case "addChannel" -> {
                return addChannels(request, bridge);
            }
            case "removeChannel" -> {
                return removeChannels(request, bridge);
            }
            case "play" -> {
                return play(request, "bridge:" + bridge.id(), "");
            }
            case "record" -> {
                return record(request, "bridge:" + bridge.id());
            }
            default -> {
                return FakeReply.noContent();
            }
        }
    }

    private FakeReply addChannels(FakeRequest request, FakeBridge bridge) {
        for (String id : request.parameter("channel").split(",", -1)) {
            FakeChannel channel = pbx.channels().get(id);
            if (channel == null) {
                return FakeReply.refusal(400, "Channel not found");
            }
            if (channel.application().isEmpty()) {
                return FakeReply.refusal(422, "Channel not in Stasis application");
            }
        }
        for (String id : request.parameter("channel").split(",", -1)) {
            pbx.join(bridge, pbx.channels().get(id));
        }
        return FakeReply.noContent();
    }

    private FakeReply removeChannels(FakeRequest request, FakeBridge bridge) {
        for (String id : request.parameter("channel").split(",", -1)) {
            if (!bridge.members().contains(id)) {
                return FakeReply.refusal(422, "Channel not in this bridge");
            }
            pbx.leave(bridge, pbx.channels().get(id));
        }
        return FakeReply.noContent();
    }

    private FakeReply asterisk(FakeRequest request) {
        List<String> path = request.segments();
        switch (path.get(1)) {
            case "info" -> {
                ObjectNode info = JSON.objectNode();
                info.putObject("system").put("version", "22.10.1").put("entity_id", "02:fc:00:00:00:01");
                return FakeReply.ok(info);
            }
            case "ping" -> {
                return FakeReply.ok(JSON.objectNode()
                        .put("ping", "pong")
                        .put("timestamp", FakePbx.now())
                        .put("asterisk_id", "02:fc:00:00:00:01"));
            }
            case "modules" -> {
                return module(path);
            }
            default -> {
                return request.method().equals("GET")
                        ? FakeReply.ok(JSON.objectNode().put("value", ""))
                        : FakeReply.noContent();
            }
        }
    }

    private static FakeReply module(List<String> path) {
        List<String> loaded = List.of("chan_rtp.so", "chan_audiosocket.so", "chan_websocket.so", "res_ari.so");
        if (path.size() == 2) {
            ArrayNode list = JSON.arrayNode();
            loaded.forEach(name -> list.add(moduleJson(name)));
            return FakeReply.ok(list);
        }
        return loaded.contains(path.get(2))
                ? FakeReply.ok(moduleJson(path.get(2)))
                : FakeReply.refusal(404, "Module could not be found in running modules");
    }

    private static ObjectNode moduleJson(String name) {
        return JSON.objectNode()
                .put("name", name)
                .put("description", "")
                .put("use_count", 0)
                .put("status", "Running")
                .put("support_level", "core");
    }

    private FakeReply applications(FakeRequest request) {
        ObjectNode application = JSON.objectNode()
                .put("name", request.segments().size() > 1 ? request.segments().get(1) : "");
        ArrayNode ids = application.putArray("channel_ids");
        pbx.channels().values().stream()
                .filter(channel ->
                        channel.application().equals(application.path("name").asText()))
                .forEach(channel -> ids.add(channel.id()));
        application.putArray("bridge_ids");
        application.putArray("endpoint_ids");
        application.putArray("device_names");
        return FakeReply.ok(request.segments().size() > 1 ? application : JSON.arrayNode());
    }

    private static FakeReply notThere() {
        return FakeReply.refusal(404, "Resource not found");
    }
}
