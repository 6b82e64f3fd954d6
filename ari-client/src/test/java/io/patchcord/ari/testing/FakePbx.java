package io.patchcord.ari.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The channels and bridges of the fake, and the events that happen to them, in the order in which Asterisk 22 was seen
 * to send them. Thread-safe.
 */
public final class FakePbx {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, FakeChannel> channels = new LinkedHashMap<>();
    private final Map<String, FakeBridge> bridges = new LinkedHashMap<>();
    private final Consumer<ObjectNode> events;
    private final Map<String, List<String>> comingBack = new HashMap<>();
    private int serial;

    /**
     * @param json what Asterisk shows of it
     * @param application in which it is; empty when it is not in Stasis
     * @param ours made through ARI, so that its end is told by ChannelDestroyed too
     */
    record FakeChannel(String id, ObjectNode json, String application, boolean ours, Map<String, String> variables) {}

    record FakeBridge(String id, String name, Set<String> members) {}

    FakePbx(Consumer<ObjectNode> events) {
        this.events = events;
    }

    /** A call enters the application: StasisStart. Its state is {@code Up}, or {@code Ring} when it is not answered. */
    public synchronized void incoming(
            String id, String state, String callerNumber, String extension, String application, String... args) {
        ObjectNode json = channelJson(id, "PJSIP/" + callerNumber + "-" + id, state, "Stasis");
        json.set("caller", JSON.objectNode().put("name", "").put("number", callerNumber));
        ((ObjectNode) json.get("dialplan")).put("exten", extension).put("context", "from-internal");
        enter(new FakeChannel(id, json, application, false, new LinkedHashMap<>()), args);
    }

    /** A channel that is there without any event: left over from a former life of the agent, or not ours at all. */
    public synchronized void existing(String id, String name, String application) {
        ObjectNode json = channelJson(id, name, "Up", application.isEmpty() ? "Dial" : "Stasis");
        channels.put(id, new FakeChannel(id, json, application, false, new LinkedHashMap<>()));
    }

    /** A channel that runs {@code AudioSocket()} in the dialplan. */
    public synchronized void inAudioSocket(String id, String uuid) {
        ObjectNode json = channelJson(id, "PJSIP/100-" + id, "Up", "AudioSocket");
        ((ObjectNode) json.get("dialplan")).put("app_data", uuid + ",127.0.0.1:8090");
        channels.put(id, new FakeChannel(id, json, "", false, new LinkedHashMap<>()));
    }

    /** Where the dialplan sends a channel that leaves Stasis next: into the application, again. */
    public synchronized void comesBack(String id, String application, String... args) {
        List<String> target = new ArrayList<>(List.of(application));
        target.addAll(List.of(args));
        comingBack.put(id, target);
    }

    /** A bridge that is there without any event. */
    public synchronized void existingBridge(String id, String name) {
        bridges.put(id, new FakeBridge(id, name, new LinkedHashSet<>()));
    }

    /** The party of a channel hangs up. Bridges and other channels stay, as in Asterisk. */
    public synchronized void hangUp(String id) {
        leave(channel(id), 0, true);
    }

    /** A digit is pressed on a channel. */
    public synchronized void digit(String id, String digit) {
        emit(event("ChannelDtmfReceived", channel(id)).put("digit", digit).put("duration_ms", 100));
    }

    /** A variable that a request can read, such as one the dialplan has set. */
    public synchronized void variable(String id, String name, String value) {
        channel(id).variables().put(name, value);
    }

    public synchronized List<String> channelIds() {
        return List.copyOf(channels.keySet());
    }

    /** The channels that wait in an application or are served by it. */
    public synchronized List<String> channelIdsIn(String application) {
        return channels.values().stream()
                .filter(channel -> channel.application().equals(application))
                .map(FakeChannel::id)
                .toList();
    }

    public synchronized List<String> bridgeIds() {
        return List.copyOf(bridges.keySet());
    }

    /** The channels of a bridge; empty when there is no such bridge. */
    public synchronized List<String> members(String bridgeId) {
        FakeBridge bridge = bridges.get(bridgeId);
        return bridge == null ? List.of() : List.copyOf(bridge.members());
    }

    Map<String, FakeChannel> channels() {
        return channels;
    }

    Map<String, FakeBridge> bridges() {
        return bridges;
    }

    private FakeChannel channel(String id) {
        FakeChannel channel = channels.get(id);
        if (channel == null) {
            throw new IllegalArgumentException("the fake has no channel " + id);
        }
        return channel;
    }

    String nextId() {
        return "1700000000." + ++serial;
    }

    void enter(FakeChannel channel, String... args) {
        channels.put(channel.id(), channel);
        ((ObjectNode) channel.json().get("dialplan"))
                .put("app_name", "Stasis")
                .put(
                        "app_data",
                        String.join(
                                ",",
                                Stream.concat(Stream.of(channel.application()), Stream.of(args))
                                        .toList()));
        ObjectNode event = event("StasisStart", channel);
        ArrayNode list = event.putArray("args");
        for (String arg : args) {
            list.add(arg);
        }
        emit(event);
    }

    /** A channel leaves Stasis: hung up or, when it is not, back to the dialplan. */
    void leave(FakeChannel channel, int cause, boolean hungUp) {
        if (hungUp) {
            emit(event("ChannelHangupRequest", channel).put("cause", cause).put("soft", cause != 0));
        }
        bridges.values().forEach(bridge -> leave(bridge, channel));
        channels.remove(channel.id());
        emit(event("StasisEnd", channel));
        if (hungUp && channel.ours()) {
            emit(event("ChannelDestroyed", channel).put("cause", 16).put("cause_txt", "Normal Clearing"));
        }
        if (!hungUp) {
            ((ObjectNode) channel.json().get("dialplan")).put("app_name", "Playback");
            channels.put(
                    channel.id(),
                    new FakeChannel(channel.id(), channel.json(), "", channel.ours(), channel.variables()));
            goOn(channel);
        }
    }

    private void goOn(FakeChannel channel) {
        List<String> target = comingBack.remove(channel.id());
        if (target != null) {
            enter(
                    new FakeChannel(channel.id(), channel.json(), target.get(0), channel.ours(), channel.variables()),
                    target.subList(1, target.size()).toArray(String[]::new));
        }
    }

    void leave(FakeBridge bridge, FakeChannel channel) {
        if (bridge.members().remove(channel.id())) {
            ObjectNode event = event("ChannelLeftBridge", channel);
            event.set("bridge", json(bridge));
            emit(event);
        }
    }

    void join(FakeBridge bridge, FakeChannel channel) {
        bridges.values().forEach(other -> leave(other, channel));
        bridge.members().add(channel.id());
        ObjectNode event = event("ChannelEnteredBridge", channel);
        event.set("bridge", json(bridge));
        emit(event);
    }

    void emit(ObjectNode event) {
        events.accept(event);
    }

    ObjectNode event(String type, FakeChannel channel) {
        ObjectNode event = event(type, channel.application());
        event.set("channel", channel.json().deepCopy());
        return event;
    }

    static ObjectNode event(String type, String application) {
        return JSON.objectNode()
                .put("type", type)
                .put("timestamp", now())
                .put("asterisk_id", "02:fc:00:00:00:01")
                .put("application", application);
    }

    static ObjectNode channelJson(String id, String name, String state, String dialplanApp) {
        ObjectNode json = JSON.objectNode()
                .put("id", id)
                .put("name", name)
                .put("state", state)
                .put("protocol_id", "");
        json.putObject("caller").put("name", "").put("number", "");
        json.putObject("connected").put("name", "").put("number", "");
        json.put("accountcode", "");
        json.putObject("dialplan")
                .put("context", "default")
                .put("exten", "s")
                .put("priority", 1)
                .put("app_name", dialplanApp)
                .put("app_data", "");
        return json.put("creationtime", now()).put("language", "en");
    }

    static ObjectNode json(FakeBridge bridge) {
        ObjectNode json = JSON.objectNode()
                .put("id", bridge.id())
                .put("technology", bridge.members().size() > 2 ? "softmix" : "simple_bridge")
                .put("bridge_type", "mixing")
                .put("bridge_class", "stasis")
                .put("creator", "Stasis")
                .put("name", bridge.name());
        bridge.members().forEach(json.putArray("channels")::add);
        return json.put("creationtime", now()).put("video_mode", "talker");
    }

    static String now() {
        return OffsetDateTime.now(ZoneOffset.UTC).format(TIMESTAMP);
    }
}
