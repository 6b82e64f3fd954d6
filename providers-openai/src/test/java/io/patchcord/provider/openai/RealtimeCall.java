package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.AgentProfile;
import io.patchcord.agent.CallContext;
import io.patchcord.agent.CallControl;
import io.patchcord.agent.CallEvent;
import io.patchcord.agent.CallSession;
import io.patchcord.agent.VoiceAgent;
import io.patchcord.agent.contract.Pieces;
import io.patchcord.agent.contract.S2sOrder;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.testing.FakeMediaPort;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.agent.tool.Tool;
import io.patchcord.agent.tool.Tools;
import io.patchcord.provider.openai.testing.FakeRealtimeSession;
import io.patchcord.provider.openai.testing.FakeScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A whole call in virtual time: the caller's frames, the core, the Realtime engine, and a fake service. Confined to the
 * test's thread.
 */
final class RealtimeCall {

    static final String KEY = "sk-test-0123456789abcdef";
    static final Duration PTIME = Duration.ofMillis(20);

    private final ManualCallLoop loop = new ManualCallLoop();
    private final FakeScript script = new FakeScript();
    private final VirtualSockets sockets = new VirtualSockets(loop, script);
    private final Map<String, String> config = new HashMap<>(Map.of("OPENAI_API_KEY", KEY));
    private final List<S2sEvent> events = new ArrayList<>();
    private final List<CallEvent> callEvents = new ArrayList<>();
    private final List<String> control = new ArrayList<>();
    private final List<ConversationItem> history = new ArrayList<>();
    /** A response may be in the way, or have ended, while a message is under way. */
    private final List<String> expectedErrors =
            new ArrayList<>(List.of("conversation_already_has_active_response", "response_cancel_not_active"));

    private final List<Tool> tools = new ArrayList<>();
    private final AgentProfile.Builder profile = AgentProfile.builder("test").greeting("Hello caller");
    private FakeMediaPort port = new FakeMediaPort();
    private RealtimeEngine engine;
    private VadEngine vad;
    private Consumer<S2sEvent> spy = event -> {};
    private S2sSession session;
    private CallSession call;

    /** The client may be told such an error. */
    RealtimeCall mayBeTold(String... codes) {
        expectedErrors.addAll(List.of(codes));
        return this;
    }

    /** A setting. */
    RealtimeCall with(String name, String value) {
        config.put(name, value);
        return this;
    }

    RealtimeCall history(ConversationItem... items) {
        history.addAll(List.of(items));
        return this;
    }

    RealtimeCall tool(Tool tool) {
        tools.add(tool);
        return this;
    }

    RealtimeCall format(AudioFormat format) {
        port = new FakeMediaPort(format);
        return this;
    }

    RealtimeCall detector(VadEngine ofCall) {
        vad = ofCall;
        return this;
    }

    AgentProfile.Builder profile() {
        return profile;
    }

    FakeScript script() {
        return script;
    }

    VirtualSockets sockets() {
        return sockets;
    }

    ManualCallLoop loop() {
        return loop;
    }

    FakeMediaPort port() {
        return port;
    }

    CallSession call() {
        return call;
    }

    /** The session of the SPI, beneath the core. */
    S2sSession session() {
        return session;
    }

    /** The service's session that was opened last. */
    FakeRealtimeSession service() {
        return sockets.session();
    }

    void onEvent(Consumer<S2sEvent> newSpy) {
        spy = newSpy;
    }

    /** The caller is connected. */
    RealtimeCall start() {
        engine = new RealtimeEngine(
                RealtimeConfig.settings(ProviderConfig.of(config)), sockets, Optional.ofNullable(vad));
        VoiceAgent agent = new VoiceAgent(
                new Spied(engine), profile.build(), Tools.of(tools), (context, event) -> callEvents.add(event));
        CallContext context = new CallContext("c1", CallContext.Arrival.AUDIOSOCKET, "", "", "", "", "openai", "test");
        call = agent.newCall(context, loop, port, new Control());
        call.start();
        call.live();
        loop.runPending();
        return this;
    }

    /** The caller is silent for this long. */
    void pass(int millis) {
        send(AudioFrame.silence(AudioFormat.SLIN_8K, Duration.ofMillis(millis)));
    }

    /** The caller presses keys. */
    void press(String keys) {
        keys.chars().forEach(key -> port.callerPresses((char) key));
        loop.runPending();
    }

    /** The caller speaks; takes 200 ms for each word. */
    void speak(String words) {
        send(script.tones().speak(8_000, words));
    }

    /** No frame comes from the caller for this long. */
    void hold(int millis) {
        loop.advance(Duration.ofMillis(millis));
    }

    private void send(AudioFrame audio) {
        AudioFrame converted = AudioConverter.convertWhole(audio, port.format());
        for (AudioFrame frame : Pieces.of(converted, PTIME)) {
            port.callerSends(frame);
            loop.advance(PTIME);
        }
    }

    /** The words that the caller heard. */
    String heard() {
        AudioFrame all = Pieces.join(port.format(), port.sent());
        return script.tones().hear(AudioConverter.convertWhole(all, AudioFormat.SLIN_8K));
    }

    List<S2sEvent> events() {
        return List.copyOf(events);
    }

    <T> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T> List<T> callEvents(Class<T> type) {
        return callEvents.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What became of the caller, such as {@code "give up"}. */
    List<String> control() {
        return List.copyOf(control);
    }

    ProviderException failure() {
        List<S2sEvent.Failed> failures = events(S2sEvent.Failed.class);
        assertThat(failures).hasSize(1);
        return failures.get(0).error();
    }

    /** All that the client has sent in all sessions, but for audio. */
    List<JsonNode> sent() {
        return sockets.sessions().stream()
                .flatMap(each -> each.received().stream())
                .toList();
    }

    List<JsonNode> sent(String type) {
        return sent().stream()
                .filter(event -> event.path("type").asText().equals(type))
                .toList();
    }

    /** The order of events is kept, the service found nothing wrong with what it was sent, and neither does the schema. */
    void assertSound() {
        S2sOrder.check(events);
        assertThat(sockets.sessions().stream().flatMap(each -> each.errors().stream()))
                .allSatisfy(code -> assertThat(expectedErrors).contains(code));
        if (PublishedSchema.folder().isPresent()) {
            PublishedSchema schema = PublishedSchema.ofClient();
            assertThat(sent())
                    .allSatisfy(event -> assertThat(schema.errors(event)).isEmpty());
            PublishedSchema query = PublishedSchema.ofQuery();
            assertThat(sockets.addresses()).allSatisfy(address -> {
                String[] parameter = address.getQuery().split("=", 2);
                JsonNode object = Json.object().put(parameter[0], parameter[1]);
                assertThat(query.errors("query", object)).isEmpty();
            });
        }
    }

    /** Ends the call and sees that nothing of it is left. */
    void end() {
        if (!port.isClosed()) {
            port.callerHangsUp();
        }
        loop.advance(Duration.ofMinutes(3));
        assertThat(sockets.live()).as("connections that are left").isZero();
        assertSound();
    }

    private final class Control implements CallControl {

        @Override
        public void hangUp() {
            control.add("hang up");
        }

        @Override
        public void transfer(String destination) {
            control.add("transfer " + destination);
        }

        @Override
        public void giveUp() {
            control.add("give up");
        }
    }

    /** Notes what the engine tells, before the core hears of it. */
    private final class Spied implements S2sEngine {

        private final S2sEngine engine;

        Spied(S2sEngine engine) {
            this.engine = engine;
        }

        @Override
        public S2sCapabilities capabilities() {
            return engine.capabilities();
        }

        @Override
        public S2sSession open(S2sRequest request, S2sListener listener) {
            S2sRequest withHistory = new S2sRequest(
                    request.callId(),
                    request.loop(),
                    request.inputFormat(),
                    request.outputFormat(),
                    request.instructions(),
                    request.greeting(),
                    request.language(),
                    request.voice(),
                    request.tools(),
                    history);
            session = engine.open(withHistory, event -> {
                events.add(event);
                spy.accept(event);
                listener.onEvent(event);
            });
            return session;
        }

        @Override
        public String description() {
            return engine.description();
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
