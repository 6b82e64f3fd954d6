package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.SttSession;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.provider.deepgram.testing.TimedLoop;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.FakeSocketServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A recogniser under test: a real socket to a server of ours, and a call in virtual time. */
final class Ears implements AutoCloseable {

    static final String KEY = "secret-key";
    static final Duration PTIME = Duration.ofMillis(20);

    final FakeSocketServer server = FakeSocketServer.start();
    final ManualCallLoop loop = new ManualCallLoop();
    final TimedLoop timed = new TimedLoop(loop);
    final List<SttEvent> events = new ArrayList<>();
    final StreamingSttEngine engine;
    final SttSession session;
    final AudioFormat format;
    private int frames;

    Ears(String model, String... settings) {
        this(AudioFormat.ULAW_8K, "en-US", model, settings);
    }

    Ears(AudioFormat ofCall, String language, String model, String... settings) {
        engine = engine(server, model, settings);
        format = engine.inputFormat(ofCall);
        session = engine.open(timed, language, events::add);
    }

    static StreamingSttEngine engine(FakeSocketServer server, String model, String... settings) {
        Map<String, String> values = new HashMap<>(Map.of(
                "DEEPGRAM_API_KEY", KEY,
                "DEEPGRAM_BASE_URL", "http://127.0.0.1:" + server.port(),
                "DEEPGRAM_STT_MODEL", model));
        for (String setting : settings) {
            values.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return (StreamingSttEngine) new DeepgramSttProvider().create(ProviderConfig.of(values));
    }

    /** Sends a frame, and gives the connection when the frame has come there. */
    FakeConnection connected() {
        return connected(0);
    }

    FakeConnection connected(int number) {
        sendFrame();
        until(() -> server.connections().size() > number
                && !server.connections().get(number).binaries().isEmpty());
        return server.connections().get(number);
    }

    /** Sends the frame that has come in the last 20 ms, which can be told from others, and gives its bytes. */
    byte[] sendFrame() {
        loop.advance(PTIME);
        return sendFrameAtOnce();
    }

    /** Sends a frame that comes together with the one before. */
    byte[] sendFrameAtOnce() {
        byte[] data = new byte[format.bytesIn(PTIME)];
        Arrays.fill(data, (byte) ++frames);
        session.sendAudio(AudioFrame.of(format, data));
        return data;
    }

    /** Lets the call go on until something is so, without letting time pass in it. */
    void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waited for in vain; events: %s", events)
                    .isLessThan(end);
            loop.runPending();
            LockSupport.parkNanos(100_000);
        }
    }

    /** Waits for as many events, and for these. */
    void expect(SttEvent... expected) {
        until(() -> events.size() >= expected.length);
        assertThat(events).containsExactly(expected);
    }

    void awaitEvent(SttEvent event) {
        until(() -> events.contains(event));
    }

    ProviderException awaitFailure() {
        until(() -> !events.isEmpty() && events.get(events.size() - 1) instanceof SttEvent.Failed);
        return ((SttEvent.Failed) events.get(events.size() - 1)).error();
    }

    /** After it nothing is left of the session, neither a connection nor a timer. */
    @Override
    public void close() {
        session.close();
        engine.close();
        until(() -> server.liveConnections() == 0);
        assertThat(timed.pending()).as("timers").isZero();
        server.close();
    }
}
