package io.patchcord.ari.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.ari.testing.FakePbx.FakeChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the fake does on requests about channels. Called with the PBX locked. */
final class FakeChannels {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final FakePbx pbx;
    private final FakeMedia media;

    FakeChannels(FakePbx pbx) {
        this.pbx = pbx;
        this.media = new FakeMedia(pbx);
    }

    FakeReply perform(FakeRequest request) {
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
                return media.play(request, "channel:" + channel.id(), channel.application());
            }
            case "record" -> {
                return media.record(request, "channel:" + channel.id(), channel.application(), !bridged(channel));
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

    private FakeReply snoop(FakeRequest request, FakeChannel target) {
        String id = request.parameter("snoopId").isEmpty() ? pbx.nextId() : request.parameter("snoopId");
        ObjectNode json = FakePbx.channelJson(id, "Snoop/" + target.id() + "-" + id, "Up", "Stasis");
        pbx.enter(new FakeChannel(id, json, request.parameter("app"), true, new LinkedHashMap<>()));
        return FakeReply.ok(json.deepCopy());
    }

    private boolean bridged(FakeChannel channel) {
        return pbx.bridges().values().stream()
                .anyMatch(bridge -> bridge.members().contains(channel.id()));
    }
}
