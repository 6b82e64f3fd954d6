package io.patchcord.audiosocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client in the role of Asterisk, against a plain TCP server. */
class AudioSocketClientTest {

    private static final UUID ID = UUID.fromString("40325ec2-5efd-4bd3-805f-53576e581d13");

    private final RecordingListener listener = new RecordingListener();
    private final AudioSocketClient client = AudioSocketClient.create();
    private ServerSocket listening;
    private AudioSocketClientConnection connection;
    private Socket server;
    private InputStream atServer;

    @BeforeEach
    void connect() throws Exception {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var connected = client.connect(ID, address(), c -> listener);
        server = listening.accept();
        server.setSoTimeout(10_000);
        atServer = server.getInputStream();
        connection = connected.get(10, TimeUnit.SECONDS);
    }

    private InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        listening.close();
    }

    private void serverSends(String hex) throws IOException {
        server.getOutputStream().write(Bytes.hex(hex));
    }

    @Test
    void client_sendsWhatAsteriskSends_andEndsWithoutAHangupMessage() throws IOException {
        connection.sendAudio(AudioKind.SLIN8, new byte[] {1, 2});
        connection.sendAudio(AudioKind.SLIN8, new byte[0]);
        connection.sendAudio(AudioKind.SLIN16, new byte[] {3});
        connection.sendDtmf('*');
        connection.hangup();
        assertThat(atServer.readAllBytes())
                .isEqualTo(Bytes.join(Peer.ID, Bytes.hex("10 0002 0102 10 0000 12 0001 03 03 0001 2a")));
        server.close();
        await().until(() -> listener.events.contains("LOCAL_HANGUP"));
        assertThat(connection.sendDtmf('1')).isFalse();
    }

    @Test
    void hangupOfTheServer_endsTheCall() throws IOException {
        serverSends("10 0002 0102 00 0000");
        assertThat(atServer.readAllBytes()).isEqualTo(Peer.ID);
        server.close();
        await().untilAsserted(() -> assertThat(listener.events).containsExactly("SLIN8 0102", "REMOTE_HANGUP"));
    }

    @Test
    void closeOfTheServer_endsTheCall() throws IOException {
        server.close();
        await().untilAsserted(() -> assertThat(listener.events).containsExactly("REMOTE_CLOSED"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10 0000",
                "03 0001 31",
                "01 0010 40325ec25efd4bd3805f53576e581d13",
                "ff 0000",
                "02 0000",
                "50 0001 00"
            })
    void whatAsteriskDoesNotTake_endsTheCall(String message) throws IOException {
        serverSends(message);
        assertThat(atServer.readAllBytes()).isEqualTo(Peer.ID);
        server.close();
        await().until(() -> listener.events.size() == 1);
        assertThat(listener.events.get(0)).startsWith("PROTOCOL_ERROR (");
    }

    @Test
    void refusedConnection_isAnErrorWithTheAddress() throws IOException {
        InetSocketAddress nobody = address();
        listening.close();
        assertThatThrownBy(() -> client.connect(ID, nobody, c -> listener).get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        AudioSocketException.class,
                        e -> assertThat(e.kind()).isEqualTo(AudioSocketException.Kind.CONNECT))
                .hasMessageContaining(String.valueOf(nobody.getPort()));
    }

    @Test
    void listenerThatCannotBeMade_isAnError_andEndsTheConnection() {
        assertThatThrownBy(() -> client.connect(ID, address(), c -> {
                            throw new IllegalStateException("on purpose");
                        })
                        .get(10, TimeUnit.SECONDS))
                .hasRootCauseMessage("on purpose");
    }

    @Test
    void closedClient_endsItsConnections() throws IOException {
        client.close();
        assertThat(atServer.readAllBytes()).isEqualTo(Peer.ID);
        server.close();
        await().untilAsserted(() -> assertThat(listener.events).containsExactly("SHUTDOWN"));
    }

    @Test
    void pacedCall_speaks_pressesKeys_andHearsTheAnswer() throws Exception {
        RecordingListener heard = new RecordingListener();
        AudioSocketServer echo = AudioSocketServer.builder()
                .bind("127.0.0.1", 0)
                .startCalls(call -> new AudioSocketCallHandler() {
                    @Override
                    public void onAudio(AudioKind kind, byte[] pcm) {
                        call.relay(kind, pcm);
                    }

                    @Override
                    public void onDtmf(char digit) {
                        heard.onDtmf(digit);
                    }

                    @Override
                    public void onClosed(CloseReason reason) {
                        heard.onClosed(reason);
                    }
                });
        try (echo) {
            AudioSocketClientCall call = client.call(
                            ID, echo.addresses().get(0), c -> (kind, pcm) -> heard.events.add("heard " + pcm[0]))
                    .get(10, TimeUnit.SECONDS);
            byte[] said = new byte[640];
            Arrays.fill(said, (byte) 7);
            call.play(AudioKind.SLIN8, said);
            call.hangupAfterPlayout();
            call.sendDtmf('5');
            await().until(() -> heard.events.contains("REMOTE_CLOSED"));
            assertThat(heard.events)
                    .contains("digit 5")
                    .filteredOn("heard 7"::equals)
                    .hasSize(2);
        }
    }
}
