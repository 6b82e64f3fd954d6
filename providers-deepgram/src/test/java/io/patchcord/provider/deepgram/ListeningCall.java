package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.CascadeEngine;
import io.patchcord.agent.pipeline.CascadeSettings;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.agent.testing.ScriptedLlm;
import io.patchcord.agent.testing.ScriptedTts;
import io.patchcord.agent.testing.ToneSpeech;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.FakeSocketServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A conversation whose ears are Deepgram's, over a real socket, and the rest of which is scripted; in virtual time. */
final class ListeningCall implements AutoCloseable {

    static final int FRAME_BYTES = 160;

    final FakeSocketServer server = FakeSocketServer.start();
    final ManualCallLoop loop = new ManualCallLoop();
    final ScriptedLlm llm = new ScriptedLlm();
    final List<S2sEvent> events = new ArrayList<>();
    private final CascadeEngine engine;
    private final S2sSession session;

    ListeningCall(ListenModel listen) {
        llm.when("hours", "We open at nine.").when("", "What?");
        engine = new CascadeEngine(
                Ears.engine(server, listen.model),
                llm,
                new ScriptedTts(new ToneSpeech()),
                Optional.empty(),
                CascadeSettings.defaults());
        session = engine.open(
                new S2sRequest(
                        "call-1",
                        loop,
                        AudioFormat.ALAW_8K,
                        AudioFormat.ALAW_8K,
                        "",
                        Optional.of(""),
                        "en",
                        Optional.empty(),
                        List.of(),
                        List.of()),
                events::add);
        loop.runPending();
    }

    /** A frame of 20 ms, all of whose bytes are this; anything but 0x55 is loud. */
    void sendFrame(int value) {
        byte[] frame = new byte[FRAME_BYTES];
        Arrays.fill(frame, (byte) value);
        session.sendAudio(AudioFrame.of(AudioFormat.ALAW_8K, frame));
        loop.advance(Duration.ofMillis(20));
    }

    /** The connection of this number, when audio has come there. */
    FakeConnection heardBy(int number) {
        until(() -> server.connections().size() > number
                && !server.connections().get(number).binaries().isEmpty());
        return server.connections().get(number);
    }

    <T> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The turns as the caller's words. */
    List<String> turns() {
        return all(S2sEvent.InputTranscript.class).stream()
                .filter(S2sEvent.InputTranscript::isFinal)
                .map(S2sEvent.InputTranscript::text)
                .toList();
    }

    /** Lets the call go on until something is so. */
    void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waited for in vain; events: %s", events)
                    .isLessThan(end);
            loop.advance(Duration.ofMillis(1));
            LockSupport.parkNanos(100_000);
        }
    }

    @Override
    public void close() {
        session.close();
        engine.close();
        server.close();
        assertThat(events).noneMatch(S2sEvent.Failed.class::isInstance);
    }
}
