package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.provider.deepgram.testing.TimedLoop;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.FakeSocketServer;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A voice under test: a real socket to a server of ours, and a call in virtual time. */
final class Mouth implements AutoCloseable, TtsListener {

    final FakeSocketServer server = FakeSocketServer.start();
    final ManualCallLoop loop = new ManualCallLoop();
    private final TimedLoop timed = new TimedLoop(loop);
    final List<String> ends = new ArrayList<>();
    final List<ProviderException> failures = new ArrayList<>();
    final TtsEngine engine;
    final TtsSession session;
    private final Map<String, ByteArrayOutputStream> heard = new LinkedHashMap<>();

    Mouth(String... settings) {
        this(HandshakeAnswer.accept(), Optional.empty(), settings);
    }

    Mouth(HandshakeAnswer answer, Optional<String> voice, String... settings) {
        server.answer(answer);
        Map<String, String> values = new HashMap<>(
                Map.of("DEEPGRAM_API_KEY", "secret-key", "DEEPGRAM_BASE_URL", "http://127.0.0.1:" + server.port()));
        for (String setting : settings) {
            values.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        engine = new DeepgramTtsProvider().create(ProviderConfig.of(values));
        session = engine.open(timed, voice, this);
    }

    /** The connection of this number, when what was said before has gone there. */
    FakeConnection connection(int number) {
        until(() -> server.connections().size() > number
                && server.connections().get(number).isOpen());
        return server.connections().get(number);
    }

    /** The connection, when this text has come there. */
    FakeConnection said(int number, String part) {
        FakeConnection connection = connection(number);
        until(() -> connection.texts().stream().anyMatch(text -> text.contains(part)));
        return connection;
    }

    void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waited for in vain; ends: %s", ends)
                    .isLessThan(end);
            loop.runPending();
            LockSupport.parkNanos(100_000);
        }
    }

    /** Waits for as many ends of clauses, and for these. */
    void expect(String... expected) {
        until(() -> ends.size() >= expected.length);
        assertThat(ends).containsExactly(expected);
    }

    /** The audio of a clause so far. */
    byte[] heard(String clauseId) {
        return heard.getOrDefault(clauseId, new ByteArrayOutputStream()).toByteArray();
    }

    @Override
    public void onAudio(String clauseId, AudioFrame audio) {
        heard.computeIfAbsent(clauseId, id -> new ByteArrayOutputStream()).writeBytes(audio.data());
    }

    @Override
    public void onDone(String clauseId) {
        ends.add(clauseId + " done");
    }

    @Override
    public void onFailed(String clauseId, ProviderException error) {
        failures.add(error);
        ends.add(clauseId + " failed");
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
