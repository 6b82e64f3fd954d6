package io.patchcord.ari.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patchcord.ari.testing.FakePbx.FakeBridge;
import io.patchcord.ari.testing.FakePbx.FakeChannel;
import java.util.LinkedHashSet;
import java.util.List;

/** What the fake does on requests about bridges. Called with the PBX locked. */
final class FakeBridges {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final FakePbx pbx;
    private final FakeMedia media;

    FakeBridges(FakePbx pbx) {
        this.pbx = pbx;
        this.media = new FakeMedia(pbx);
    }

    FakeReply perform(FakeRequest request) {
        List<String> path = request.segments();
        if (path.size() == 1) {
            return request.method().equals("GET") ? listBridges() : createBridge(request);
        }
        FakeBridge bridge = pbx.bridges().get(path.get(1));
        if (path.size() == 2 && request.method().equals("POST")) {
            return createBridge(request);
        }
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
        String id = request.segments().size() > 1 ? request.segments().get(1) : pbx.nextId();
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
                return media.play(request, "bridge:" + bridge.id(), applicationOf(bridge));
            }
            case "record" -> {
                return media.record(request, "bridge:" + bridge.id(), applicationOf(bridge), true);
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

    private String applicationOf(FakeBridge bridge) {
        return bridge.members().stream()
                .map(pbx.channels()::get)
                .map(FakeChannel::application)
                .findFirst()
                .orElse("");
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
}
