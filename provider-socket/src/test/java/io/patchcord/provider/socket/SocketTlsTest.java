package io.patchcord.provider.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.FakeSocketServer;
import java.net.URI;
import java.util.List;
import javax.net.ssl.SSLException;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketTlsTest {

    private final HeldCertificate authority =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private final FakeSocketServer server = FakeSocketServer.start(serverFor("localhost"));
    private final SocketClient trusting = new SocketClient(
            ProviderSockets.create("socket-test", SslContextBuilder.forClient().trustManager(authority.certificate())));

    @AfterEach
    void stop() {
        trusting.close();
        server.close();
    }

    @Test
    void trustedServer_isSpokenWithBothWays() {
        SocketClient.Heard heard = trusting.open(SocketRequest.to(at("localhost", server)));
        FakeConnection peer = server.awaitOpen(0);
        byte[] audio = new byte[1 << 20];
        assertThat(heard.sendBinary(audio)).isTrue();
        peer.await("the audio", connection -> connection.binaryBytes() == audio.length);
        peer.sendText("heard");

        assertThat(heard.awaitMessages(1)).containsExactly("heard");
        heard.close(1000, "");
        assertThat(heard.awaitEnd()).isEqualTo(new SocketEnd.ClosedByUs(1000));
        peer.awaitEnd();
    }

    @Test
    void certificateForAnotherName_isRefused() {
        assertThat(trusting.connect(at("127.0.0.1", server))
                        .awaitEnd(SocketEnd.Lost.class)
                        .what())
                .startsWith("TLS: ");

        try (FakeSocketServer other = FakeSocketServer.start(serverFor("example.com"))) {
            assertThat(trusting.connect(at("localhost", other))
                            .awaitEnd(SocketEnd.Lost.class)
                            .what())
                    .startsWith("TLS: ")
                    .contains("localhost");
            assertThat(other.connections()).isEmpty();
        }
    }

    @Test
    void unknownAuthority_isRefused() {
        try (SocketClient careful = new SocketClient()) {
            assertThat(careful.connect(at("localhost", server))
                            .awaitEnd(SocketEnd.Lost.class)
                            .what())
                    .startsWith("TLS: ");
        }
        assertThat(server.connections()).isEmpty();
    }

    @Test
    void serverWithoutTls_isALoss() {
        try (FakeSocketServer plain = FakeSocketServer.start()) {
            assertThat(trusting.connect(at("localhost", plain))
                            .awaitEnd(SocketEnd.Lost.class)
                            .what())
                    .startsWith("TLS: ");
            assertThat(plain.connections()).isEmpty();
        }
    }

    @Test
    void resetUnderTls_isALoss() {
        SocketClient.Heard heard = trusting.open(SocketRequest.to(at("localhost", server)));
        server.awaitOpen(0).reset();

        assertThat(heard.awaitEnd()).isInstanceOf(SocketEnd.Lost.class);
    }

    private static URI at(String host, FakeSocketServer server) {
        return URI.create("wss://" + host + ":" + server.port() + "/");
    }

    private SslContext serverFor(String name) {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName(name)
                .signedBy(authority)
                .build();
        try {
            return SslContextBuilder.forServer(certificate.keyPair().getPrivate(), List.of(certificate.certificate()))
                    .sslProvider(SslProvider.JDK)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }
}
