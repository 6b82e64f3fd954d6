package io.patchcord.audiosocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a paced call sends, and when, in virtual time. */
class PacedCallTest {

    private static final String SILENCE = "100140" + "00".repeat(320);
    private static final byte[] ID = Bytes.hex("01 0010 40325ec25efd4bd3805f53576e581d13");
    private static final InetSocketAddress ASTERISK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final long MAX_WAITING_MICROS = 1_000_000;

    private final EmbeddedSocket socket = new EmbeddedSocket();
    private final Pacer pacer = new Pacer(socket.eventLoop());
    private final List<String> events = new ArrayList<>();
    private AudioSocketCall call;
    private Runnable whenPlayedOut = () -> {};

    private final class Handler implements AudioSocketCallHandler {
        @Override
        public void onAudio(AudioKind kind, byte[] pcm) {
            events.add(kind + " " + pcm.length);
        }

        @Override
        public void onDtmf(char digit) {
            events.add("digit " + digit);
        }

        @Override
        public void onPlayedOut() {
            events.add("played out");
            whenPlayedOut.run();
        }

        @Override
        public void onClosed(CloseReason reason) {
            events.add("closed " + reason.kind());
        }
    }

    private void connect(Function<AudioSocketCall, AudioSocketCallHandler> handlers) {
        AudioSocketAcceptor acceptor = connection -> {
            var paced = new PacedCall<>((ServerConnection) connection, MAX_WAITING_MICROS);
            call = paced;
            paced.start(handlers, pacer);
            return Optional.of(paced);
        };
        socket.pipeline().addLast(new ServerConnection(socket, ASTERISK, Timeouts.DEFAULT, acceptor, new Refusals()));
        socket.pipeline().fireChannelActive();
        receive(ID);
    }

    private void connect() {
        connect(started -> new Handler());
    }

    private void receive(byte[] bytes) {
        socket.writeInbound(socket.alloc().buffer().writeBytes(bytes));
    }

    private static byte[] pcm(int value, int bytes) {
        byte[] pcm = new byte[bytes];
        Arrays.fill(pcm, (byte) value);
        return pcm;
    }

    private static String frame(int value) {
        return "100140" + String.format("%02x", value).repeat(320);
    }

    @AfterEach
    void nothingIsLeftOver() {
        socket.written();
        assertThat(socket.finish()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 5, 9, 10, 13, 19})
    void idleCall_sendsSilenceFromTheIdOn_every20Ms_oneWriteEach(int phase) {
        socket.pass(phase);
        connect();
        assertThat(socket.written()).containsExactly(SILENCE);
        socket.pass(14);
        assertThat(socket.written()).as("the second frame is not early").isEmpty();
        socket.pass(12);
        assertThat(socket.written()).as("nor late").containsExactly(SILENCE);
        for (int i = 0; i < 50; i++) {
            socket.pass(20);
            assertThat(socket.written()).containsExactly(SILENCE);
        }
    }

    @Test
    void playedAudio_leavesAtItsDueTimes_neverAhead() {
        connect();
        socket.written();
        socket.pass(7);
        call.play(AudioKind.SLIN8, Bytes.join(pcm(1, 320), pcm(2, 320), pcm(3, 320)));
        List<String> sent = new ArrayList<>(socket.written());
        assertThat(sent).as("before its time").isEmpty();
        List<Integer> times = new ArrayList<>();
        for (int ms = 8; ms <= 100; ms++) {
            socket.pass(1);
            List<String> now = socket.written();
            times.addAll(Collections.nCopies(now.size(), ms));
            sent.addAll(now);
        }
        assertThat(sent).startsWith(frame(1), frame(2), frame(3), SILENCE);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isEqualTo(20);
        }
    }

    @Test
    void piecesOfAnySize_becomeWholeFrames_theLastFilledUp() {
        connect();
        socket.written();
        for (int i = 0; i < 7; i++) {
            call.play(AudioKind.SLIN8, pcm(5, 100));
        }
        socket.pass(85);
        assertThat(socket.written())
                .containsExactly(frame(5), frame(5), "100140" + "05".repeat(60) + "00".repeat(260), SILENCE);
        assertThat(events).containsExactly("played out");
    }

    @Test
    void changeOfKind_endsAFrame_andSilenceFollowsInTheNewKind() {
        connect();
        socket.written();
        call.play(AudioKind.SLIN8, pcm(1, 20));
        call.play(AudioKind.SLIN16, pcm(2, 640));
        socket.pass(65);
        assertThat(socket.written())
                .containsExactly(
                        "100140" + "01".repeat(20) + "00".repeat(300),
                        "120280" + "02".repeat(640),
                        "120280" + "00".repeat(640));
    }

    @Test
    void audioPlayedByTheHandlerAtTheStart_isTheFirstFrame() {
        connect(started -> {
            started.play(AudioKind.SLIN8, pcm(9, 640));
            return new Handler();
        });
        assertThat(socket.written()).containsExactly(frame(9));
        socket.pass(45);
        assertThat(socket.written()).containsExactly(frame(9), SILENCE);
    }

    @Test
    void announcement_isPlayedToItsEnd_thenHungUp() {
        connect(started -> {
            started.play(AudioKind.SLIN8, pcm(9, 640));
            started.hangupAfterPlayout();
            return new Handler();
        });
        socket.pass(45);
        assertThat(socket.written()).containsExactly(frame(9), frame(9), "000000");
        assertThat(socket.isOutputShutdown()).isTrue();
        assertThat(call.isOpen()).isFalse();
        assertThat(call.play(AudioKind.SLIN8, pcm(1, 320))).isFalse();
        assertThat(call.relay(AudioKind.SLIN8, pcm(1, 320))).isFalse();
        socket.pass(1000);
        assertThat(socket.written()).as("after the hang-up").isEmpty();
    }

    @Test
    void playedOut_chainsWithoutAGap() {
        connect();
        socket.written();
        whenPlayedOut = () -> call.play(AudioKind.SLIN8, pcm(2, 320));
        call.play(AudioKind.SLIN8, pcm(1, 320));
        socket.pass(25);
        socket.pass(20);
        assertThat(socket.written()).containsExactly(frame(1), frame(2));
    }

    @Test
    void clear_stopsTheVoiceAtTheNextFrame_andIsNoPlayout() {
        connect();
        call.play(AudioKind.SLIN8, pcm(1, 32_000));
        socket.pass(65);
        socket.written();
        call.clear();
        socket.pass(60);
        assertThat(socket.written()).containsExactly(SILENCE, SILENCE, SILENCE);
        assertThat(events).isEmpty();
    }

    @Test
    void tooMuchWaiting_isRefused_untilSomeWasPlayed() {
        connect();
        assertThat(call.play(AudioKind.SLIN8, pcm(1, 16_000))).as("one second").isTrue();
        assertThat(call.play(AudioKind.SLIN8, pcm(1, 320))).isFalse();
        socket.pass(30);
        assertThat(call.play(AudioKind.SLIN8, pcm(1, 320))).isTrue();
        call.clear();
        assertThat(call.play(AudioKind.SLIN8, pcm(1, 160_000)))
                .as("one piece of ten seconds")
                .isTrue();
    }

    @Test
    void playedArray_mayBeUsedAgain() {
        connect();
        socket.written();
        byte[] pcm = pcm(1, 320);
        call.play(AudioKind.SLIN8, pcm);
        Arrays.fill(pcm, (byte) 2);
        socket.pass(25);
        assertThat(socket.written()).containsExactly(frame(1));
    }

    @Test
    void relayedAudio_leavesAtOnce_asItCame_andTakesThePlaceOfSilence() {
        connect();
        socket.written();
        for (int i = 1; i <= 20; i++) {
            socket.pass(i % 2 == 0 ? 16 : 24); // as irregular as a network
            call.relay(AudioKind.SLIN8, pcm(i, 320));
            assertThat(socket.written()).as("relayed frame %d", i).contains(frame(i));
        }
    }

    @Test
    void regularRelay_getsNoSilenceBetweenItsFrames() {
        connect();
        socket.pass(9);
        socket.written();
        for (int i = 1; i <= 100; i++) {
            call.relay(AudioKind.SLIN8, pcm(i, 320));
            socket.pass(20);
        }
        assertThat(socket.written()).hasSize(100).doesNotContain(SILENCE);
    }

    @Test
    void relayThatStops_isFilledUpWithSilence_atTheNextTicks() {
        connect();
        socket.pass(9);
        call.relay(AudioKind.SLIN8, pcm(1, 320));
        socket.written();
        socket.pass(100);
        assertThat(socket.written()).containsExactly(SILENCE, SILENCE, SILENCE, SILENCE);
    }

    @Test
    void burstOfARelay_isNotRepaidWithMoreThan60MsOfNoSilence() {
        connect();
        socket.written();
        for (int i = 0; i < 50; i++) {
            call.relay(AudioKind.SLIN8, pcm(1, 320));
        }
        assertThat(socket.written()).hasSize(50);
        socket.pass(130);
        assertThat(socket.written()).hasSizeBetween(3, 4).containsOnly(SILENCE);
    }

    @Test
    void packetsOf10And60Ms_areRelayedAtTheirOwnSize() {
        connect();
        socket.pass(5);
        socket.written();
        call.relay(AudioKind.SLIN8, pcm(1, 960));
        assertThat(socket.written()).containsExactly("1003c0" + "01".repeat(960));
        socket.pass(60);
        assertThat(socket.written()).isEmpty();
        for (int i = 0; i < 10; i++) {
            call.relay(AudioKind.SLIN8, pcm(2, 160));
            socket.pass(10);
        }
        assertThat(socket.written()).hasSize(10).containsOnly("1000a0" + "02".repeat(160));
    }

    @Test
    void stalledEventLoop_makesUpForTwoFrames_andSendsSilenceOnce() {
        connect();
        call.play(AudioKind.SLIN8, pcm(1, 32_000));
        socket.pass(30);
        socket.written();
        socket.stall(500);
        assertThat(socket.written()).hasSize(2).containsOnly(frame(1));
        call.clear();
        socket.stall(500);
        assertThat(socket.written()).containsExactly(SILENCE);
    }

    @Test
    void oddAudio_isRefusedWithAReason() {
        connect();
        assertThatThrownBy(() -> call.play(AudioKind.SLIN8, new byte[321])).hasMessageContaining("not 321 bytes");
        assertThatThrownBy(() -> call.relay(AudioKind.SLIN8, new byte[1])).hasMessageContaining("not 1 bytes");
        assertThat(call.play(AudioKind.SLIN8, new byte[0])).isTrue();
        assertThat(call.relay(AudioKind.SLIN8, new byte[0])).isTrue();
    }

    @Test
    void handler_hearsAudioInWholeSamples_digits_andTheEndOnce() {
        connect();
        receive(Bytes.join(
                Bytes.message(0x10, 320, 1),
                Bytes.message(0x10, 0, 0),
                Bytes.message(0x10, 1, 0),
                Bytes.message(0x10, 277, 1),
                Bytes.hex("03 0001 39"),
                Bytes.message(0x12, 640, 1)));
        socket.close();
        socket.runPendingTasks();
        assertThat(events).containsExactly("SLIN8 320", "SLIN8 276", "digit 9", "SLIN16 640", "closed REMOTE_CLOSED");
        socket.pass(100);
        assertThat(call.isOpen()).isFalse();
    }

    @Test
    void handlerThatFails_endsItsCallInOrder() {
        connect(started -> (kind, pcm) -> {
            throw new IllegalStateException("on purpose");
        });
        receive(Bytes.message(0x10, 320, 1));
        assertThat(socket.written()).containsExactly(SILENCE, "000000");
    }

    @Test
    void playoutHandlerThatFails_endsItsCallInOrder() {
        connect();
        whenPlayedOut = () -> {
            throw new IllegalStateException("on purpose");
        };
        call.play(AudioKind.SLIN8, pcm(1, 320));
        socket.pass(45);
        assertThat(socket.written()).containsExactly(SILENCE, frame(1), "000000");
    }

    @Test
    void manyCalls_areTickedByOneTimer_andForgottenWhenOver() {
        // Given
        connect();
        List<AudioSocketCall> calls = new ArrayList<>();
        List<EmbeddedSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            EmbeddedSocket other = new EmbeddedSocket();
            sockets.add(other);
            var paced = new PacedCall<>(
                    new ServerConnection(other, ASTERISK, Timeouts.DEFAULT, c -> Optional.empty(), new Refusals()),
                    MAX_WAITING_MICROS);
            paced.start(started -> new Handler(), pacer);
            calls.add(paced);
            socket.pass(3);
        }
        // When
        sockets.forEach(EmbeddedSocket::written);
        socket.pass(1000);
        // Then
        for (EmbeddedSocket other : sockets) {
            assertThat(other.written()).hasSize(50).containsOnly(SILENCE);
        }
        calls.forEach(AudioSocketCall::hangup);
        call.hangup();
        socket.pass(20);
        assertThat(pacer.calls()).isZero();
        sockets.forEach(other -> {
            other.written();
            other.finish();
        });
    }
}
