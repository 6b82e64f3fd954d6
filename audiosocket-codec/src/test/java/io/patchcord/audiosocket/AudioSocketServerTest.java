package io.patchcord.audiosocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The server against plain TCP peers, good and bad. */
class AudioSocketServerTest {

    private final RecordingListener listener = new RecordingListener();
    private final List<AudioSocketConnection> accepted = new CopyOnWriteArrayList<>();
    private AudioSocketServer server;

    private static AudioSocketServer.Builder builder() {
        return AudioSocketServer.builder().bind("127.0.0.1", 0);
    }

    private void start(AudioSocketServer.Builder builder) {
        server = builder.startConnections(connection -> {
            accepted.add(connection);
            return Optional.of(listener);
        });
    }

    private Peer peer() throws IOException {
        return new Peer(server.addresses().get(0));
    }

    /** A peer whose UUID has been taken. */
    private Peer call() throws IOException {
        int before = accepted.size();
        Peer peer = peer().send(Peer.ID);
        await().until(() -> accepted.size() > before);
        return peer;
    }

    private void awaitEvents(String... events) {
        await().untilAsserted(() -> assertThat(listener.events).containsExactly(events));
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(server.connections()).isZero();
    }

    @Test
    void streamOfARealAsterisk_isHeardToItsEnd() throws IOException {
        start(builder());
        try (Peer peer = peer()) {
            peer.send(Bytes.capture("22-app-slin-caller-hangs-up.from-asterisk"));
        }
        await().until(() -> listener.events.contains("REMOTE_CLOSED"));
        assertThat(accepted)
                .singleElement()
                .extracting(AudioSocketConnection::id)
                .hasToString("40325ec2-5efd-4bd3-805f-53576e581d13");
        assertThat(listener.events)
                .filteredOn(event -> event.startsWith("SLIN8"))
                .hasSize(109);
        assertThat(listener.events)
                .filteredOn(event -> event.startsWith("digit"))
                .containsExactly("digit 1", "digit 9", "digit *", "digit #");
        assertThat(listener.events).last().isEqualTo("REMOTE_CLOSED");
    }

    @Test
    void dribbledBytes_makeTheSameMessages() throws IOException {
        start(builder());
        try (Peer peer = peer()) {
            for (byte b : Bytes.join(Peer.ID, Bytes.hex("10 0004 01020304 03 0001 35 12 0002 0506"))) {
                peer.send(new byte[] {b});
            }
            awaitEvents("SLIN8 01020304", "digit 5", "SLIN16 0506");
        }
    }

    @Test
    void frameSplitAfterOthers_isJoinedWithItsRest() throws IOException {
        start(builder());
        try (Peer peer = call()) {
            peer.send("10 0002 0102 10 0006 0304");
            awaitEvents("SLIN8 0102");
            peer.send("0506 0708 10 0002");
            awaitEvents("SLIN8 0102", "SLIN8 030405060708");
            peer.send("090a 03 0001 31");
            awaitEvents("SLIN8 0102", "SLIN8 030405060708", "SLIN8 090a", "digit 1");
        }
    }

    @Test
    void emptyAudioIsLeftOut_andOddAudioLosesItsHalfSample() throws IOException {
        start(builder());
        try (Peer peer = call()) {
            peer.send("10 0000 10 0003 010203 10 0001 ff 10 0002 0405");
            awaitEvents("SLIN8 0102", "SLIN8 0405");
        }
    }

    @Test
    void longestFrame_arrivesWhole() throws IOException {
        start(builder());
        try (Peer peer = call()) {
            peer.send(Bytes.message(0x18, 0xffff, 0x5a)).send("03 0001 31");
            awaitEvents("SLIN192 " + "5a".repeat(0xfffe), "digit 1");
        }
    }

    @Test
    void connectionWithoutAByte_isNoCall_andNoRefusal() throws IOException {
        start(builder());
        peer().close();
        try (Peer peer = call()) {
            await().until(() -> server.connections() == 1);
        }
        assertThat(accepted).hasSize(1);
        assertThat(server.refusals()).isEmpty();
    }

    @Test
    void idThatDoesNotComeInTime_endsTheConnection() throws IOException {
        start(builder().idDeadline(Duration.ofMillis(50)));
        try (Peer peer = peer().send("01 00")) {
            assertThat(peer.receive()).isEqualTo(Bytes.hex("000000"));
            assertThat(peer.receive()).isEmpty();
        }
        assertThat(accepted).isEmpty();
        assertThat(server.refusals()).isEqualTo(Map.of(Refusal.NO_ID, 1L));
    }

    @Test
    void idInTime_stopsTheDeadline() throws IOException {
        start(builder().idDeadline(Duration.ofMillis(200)));
        try (Peer peer = call()) {
            await().during(Duration.ofMillis(300)).until(() -> accepted.get(0).isOpen());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"474554202f20485454502f312e310d0a", "10 0140", "03 0001 31", "01 0003 aabbcc", "00 0000"})
    void garbageInFront_isHungUpAndClosedAtOnce(String garbage) throws IOException {
        start(builder());
        try (Peer peer = peer().send(garbage)) {
            assertThat(peer.receive()).isEqualTo(Bytes.hex("000000"));
            assertThat(peer.receive()).isEmpty();
        }
        assertThat(accepted).isEmpty();
        assertThat(server.refusals()).isEqualTo(Map.of(Refusal.NOT_AUDIOSOCKET, 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01 0010 40325ec25efd4bd3805f53576e581d13", "02 0000", "7e 0002 0000", "03 0002 3131"})
    void messageThatCannotBe_endsTheCall(String message) throws IOException {
        start(builder());
        try (Peer peer = call()) {
            peer.send("10 0002 0102").send(message).send("10 0002 0304");
            assertThat(peer.receive()).isEqualTo(Bytes.hex("000000"));
            assertThat(peer.receive()).isEmpty();
        }
        await().until(() -> listener.events.size() == 2);
        assertThat(listener.events.get(0)).isEqualTo("SLIN8 0102");
        assertThat(listener.events.get(1)).startsWith("PROTOCOL_ERROR (");
    }

    @Test
    void dataAfterAHangup_isNotHeard() throws IOException {
        start(builder());
        try (Peer peer = call()) {
            peer.send("10 0002 0102 00 0000 10 0002 0304").send("10 0002 0304");
        }
        awaitEvents("SLIN8 0102", "REMOTE_HANGUP");
    }

    @Test
    void errorMessage_endsTheCallWithItsCode() throws IOException {
        start(builder());
        try (Peer peer = call()) {
            peer.send("ff 0001 02");
            awaitEventsOnClose(peer, "REMOTE_ERROR (code 0x02)");
        }
    }

    private void awaitEventsOnClose(Peer peer, String event) throws IOException {
        assertThat(peer.receive()).isEqualTo(Bytes.hex("000000"));
        peer.close();
        awaitEvents(event);
    }

    @Test
    void reset_isToldFromOtherFailures() throws IOException {
        start(builder());
        call().reset();
        await().until(() -> listener.events.size() == 1);
        assertThat(listener.events.get(0)).startsWith("REMOTE_RESET (");
    }

    @Test
    void hangup_sendsItsMessage_endsItsOutput_andReadsOnUntilThePeerCloses() throws IOException {
        start(builder());
        try (Peer peer = call()) {
            accepted.get(0).sendAudio(AudioKind.SLIN8, new byte[] {1, 2});
            accepted.get(0).hangup();
            assertThat(peer.receive()).isEqualTo(Bytes.hex("1000020102"));
            assertThat(peer.receive()).isEqualTo(Bytes.hex("000000"));
            assertThat(peer.receive()).as("end of output").isEmpty();
            // Audio that was under way when the agent hung up, as always; a reset would make this fail sooner or later.
            for (int i = 0; i < 200; i++) {
                peer.send(Bytes.message(0x10, 320, 1));
            }
            assertThat(server.connections()).isEqualTo(1);
            assertThat(listener.events).isEmpty();
        }
        awaitEvents("LOCAL_HANGUP");
        assertThat(accepted.get(0).sendAudio(AudioKind.SLIN8, new byte[2])).isFalse();
    }

    @Test
    void hangup_waitsForThePeerNoLongerThanTheDrainTimeout() throws IOException {
        start(builder().drainTimeout(Duration.ofMillis(50)));
        try (Peer peer = call()) {
            accepted.get(0).hangup();
            awaitEvents("LOCAL_HANGUP");
            assertThat(peer.receive()).isEqualTo(Bytes.hex("000000"));
        }
    }

    @Test
    void close_isTheEndAtOnce() throws IOException {
        start(builder());
        try (Peer peer = call()) {
            accepted.get(0).close();
            awaitEvents("LOCAL_HANGUP");
            assertThat(peer.receive()).isEmpty();
        }
    }

    @Test
    void peerThatDoesNotRead_losesFrames_andIsClosed() throws IOException {
        start(builder().stallTimeout(Duration.ofMillis(100)));
        try (Peer peer = call()) {
            peer.receiveBufferBytes(4096);
            AudioSocketConnection connection = accepted.get(0);
            AtomicBoolean lost = new AtomicBoolean();
            // Not only until the first frame is refused: the kernel may take what waits, and then nothing is stuck.
            await().pollInterval(Duration.ofMillis(1)).until(() -> {
                boolean refused = connection.isOpen() && !connection.sendAudio(AudioKind.SLIN192, new byte[65_534]);
                lost.compareAndSet(false, refused);
                return listener.events.size() == 1;
            });
            assertThat(lost).isTrue();
            assertThat(listener.events.get(0)).startsWith("STALLED (");
        }
    }

    @Test
    void serverSideAudio_mustBePlayable() throws IOException {
        start(builder());
        try (Peer peer = call()) {
            AudioSocketConnection connection = accepted.get(0);
            assertThatThrownBy(() -> connection.sendAudio(AudioKind.SLIN8, new byte[0]))
                    .hasMessageContaining("0 bytes");
            assertThatThrownBy(() -> connection.sendAudio(AudioKind.SLIN8, new byte[3]))
                    .hasMessageContaining("3 bytes");
            assertThat(connection.sendAudio(AudioKind.SLIN8, new byte[] {0, 1, 2, 3}, 1, 2))
                    .isTrue();
            assertThat(peer.receive()).isEqualTo(Bytes.hex("1000020102"));
        }
    }

    @Test
    void unknownId_isHungUpOn() throws IOException {
        start(builder().knownIds(id -> id.equals(new UUID(0, 1))));
        try (Peer peer = peer().send(Peer.ID)) {
            assertThat(peer.receive()).isEqualTo(Bytes.hex("000000"));
            assertThat(peer.receive()).isEmpty();
        }
        assertThat(accepted).isEmpty();
        assertThat(server.refusals()).isEqualTo(Map.of(Refusal.TURNED_AWAY, 1L));
    }

    @Test
    void sourceOutsideTheAllowList_isClosedWithoutAWord() throws IOException {
        start(builder().allow("10.0.0.0/8"));
        try (Peer peer = peer()) {
            assertThat(peer.receive()).isEmpty();
        }
        await().until(() -> server.refusals().equals(Map.of(Refusal.NOT_ALLOWED, 1L)));
    }

    @Test
    void fullServer_refusesOneMore_andTakesItWhenAnotherHasLeft() throws IOException {
        start(builder().maxConnections(1));
        try (Peer first = call()) {
            try (Peer second = peer()) {
                assertThat(second.receive()).isEmpty();
            }
        }
        await().until(() -> server.connections() == 0);
        call().close();
        assertThat(server.refusals()).isEqualTo(Map.of(Refusal.SERVER_FULL, 1L));
    }

    @Test
    void fullSource_isRefused() throws IOException {
        start(builder().maxConnectionsPerSource(1));
        try (Peer first = call();
                Peer second = peer()) {
            assertThat(second.receive()).isEmpty();
        }
        assertThat(server.refusals()).isEqualTo(Map.of(Refusal.SOURCE_FULL, 1L));
    }

    @Test
    void manyRefusals_areCountedAll_andLoggedOnce() throws IOException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(AudioSocketServer.class);
        logger.addAppender(log);
        try {
            start(builder().allow("10.0.0.0/8"));
            for (int i = 0; i < 20; i++) {
                try (Peer peer = peer()) {
                    assertThat(peer.receive()).isEmpty();
                }
            }
            assertThat(server.refusals()).isEqualTo(Map.of(Refusal.NOT_ALLOWED, 20L));
            assertThat(log.list)
                    .filteredOn(event -> event.getFormattedMessage().contains("allow-list"))
                    .hasSize(1);
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void listenerThatFails_endsItsCall_andNoOther() throws IOException {
        AtomicReference<AudioSocketListener> next = new AtomicReference<>(new AudioSocketListener() {
            @Override
            public void onDtmf(char digit) {
                throw new IllegalStateException("on purpose");
            }
        });
        server = builder().startConnections(connection -> {
            accepted.add(connection);
            return Optional.of(next.getAndSet(listener));
        });
        try (Peer bad = call();
                Peer good = call()) {
            bad.send("03 0001 31");
            assertThat(bad.receive()).isEqualTo(Bytes.hex("000000"));
            good.send("03 0001 32");
            awaitEvents("digit 2");
        }
    }

    @Test
    void acceptorThatFails_endsTheConnection() throws IOException {
        server = builder().startConnections(connection -> {
            throw new IllegalStateException("on purpose");
        });
        try (Peer peer = peer().send(Peer.ID)) {
            assertThat(peer.receive()).isEqualTo(Bytes.hex("000000"));
        }
    }

    @Test
    void closedServer_endsItsCallsInOrder_andFreesItsPort() throws IOException {
        start(builder());
        int port = server.port();
        try (Peer peer = call()) {
            var end = server.shutdown();
            assertThat(peer.receive()).isEqualTo(Bytes.hex("000000"));
            assertThat(peer.receive()).isEmpty();
            peer.close();
            end.join();
        }
        awaitEvents("SHUTDOWN");
        AudioSocketServer.builder()
                .bind("127.0.0.1", port)
                .startCalls(call -> call::relay)
                .close();
    }

    @Test
    void portInUse_isSaidWithTheAddress() {
        start(builder());
        assertThatThrownBy(() -> AudioSocketServer.builder()
                        .bind("127.0.0.1", 0)
                        .bind("127.0.0.1", server.port())
                        .startCalls(call -> call::relay))
                .isInstanceOfSatisfying(
                        AudioSocketException.class, e -> assertThat(e.kind()).isEqualTo(AudioSocketException.Kind.BIND))
                .hasMessageContaining("127.0.0.1:" + server.port());
    }

    @Test
    void severalAddresses_allAnswer() throws IOException {
        start(builder().bind("127.0.0.1", 0));
        assertThat(server.addresses()).hasSize(2);
        for (var address : server.addresses()) {
            try (Peer peer = new Peer(address).send(Peer.ID)) {
                peer.send("03 0001 31");
                await().until(() -> listener.events.contains("digit 1"));
                listener.events.clear();
            }
        }
        assertThat(accepted).hasSize(2);
    }

    @Test
    void eventLoopsOfTheEmbedder_areUsed_andLeftRunning() throws Exception {
        var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            start(builder().eventLoopGroup(group));
            call().close();
            assertThat(accepted.get(0).eventLoop().parent()).isSameAs(group);
            server.close();
            assertThat(group.isShuttingDown()).isFalse();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void wrongOptions_areExplained() {
        start(builder());
        assertThatThrownBy(() -> AudioSocketServer.builder().startCalls(call -> call::relay))
                .hasMessageContaining("Where to listen?");
        assertThatThrownBy(() -> builder().maxConnections(0)).hasMessage("maxConnections must be at least 1, not 0");
        assertThatThrownBy(() -> builder().idDeadline(Duration.ZERO)).hasMessageContaining("idDeadline must be longer");
        assertThatThrownBy(() -> builder().bind("no.such.host.invalid", 1))
                .hasMessageContaining("no.such.host.invalid");
    }

    @Test
    void silentHandlerOfAPacedServer_isHeardAsSilence_fromTheIdOn() throws IOException {
        server = builder().warmUp().startCalls(call -> (kind, pcm) -> {});
        List<byte[]> heard = new ArrayList<>();
        try (Peer peer = peer().send(Peer.ID)) {
            long start = System.nanoTime();
            for (int i = 0; i < 11; i++) {
                heard.add(peer.receive());
            }
            assertThat(System.nanoTime() - start).as("ten intervals").isGreaterThan(150_000_000);
        }
        assertThat(heard).containsOnly(Bytes.message(0x10, 320, 0));
    }

    @Test
    void pacedEcho_survivesWhatACallerCanSend_andEndsWithTheCaller() throws IOException {
        server = builder().startCalls(call -> call::relay);
        try (Peer peer = peer().send(Peer.ID)) {
            peer.send(Bytes.message(0x10, 0, 0)).send(Bytes.message(0x10, 5, 7)).send(Bytes.message(0x12, 960, 8));
            assertThat(peer.receiveAfterSilence()).isEqualTo(Bytes.message(0x10, 4, 7));
            assertThat(peer.receiveAfterSilence()).isEqualTo(Bytes.message(0x12, 960, 8));
            peer.endOutput();
        }
        await().until(() -> server.connections() == 0);
    }
}
