package io.patchcord.ari.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the fake does on each request: the refusals, the state of the PBX, and the events before the answer. */
final class FakeOperations {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final FakePbx pbx;
    private final FakeChannels channels;
    private final FakeBridges bridges;

    FakeOperations(FakePbx pbx) {
        this.pbx = pbx;
        this.channels = new FakeChannels(pbx);
        this.bridges = new FakeBridges(pbx);
    }

    FakeReply perform(FakeRequest request) {
        synchronized (pbx) {
            return switch (request.segments().get(0)) {
                case "channels" -> channels.perform(request);
                case "bridges" -> bridges.perform(request);
                case "asterisk" -> asterisk(request);
                case "applications" -> applications(request);
                default -> notThere();
            };
        }
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
