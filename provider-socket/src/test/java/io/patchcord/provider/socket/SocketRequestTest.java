package io.patchcord.provider.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketRequestTest {

    private final SocketRequest request =
            SocketRequest.to(URI.create("wss://api.example.com/v1/listen?model=a&token=secret"));

    @Test
    void text_hasNoValueOfTheQueryAndOfHeaders() {
        assertThat(request.header("Authorization", "Token secret"))
                .hasToString("wss://api.example.com/v1/listen?model=…&token=… Authorization:…");
        assertThat(SocketRequest.to(URI.create("ws://127.0.0.1:8080/"))).hasToString("ws://127.0.0.1:8080/");
    }

    @Test
    void unlessTold_isBounded() {
        assertThat(request.handshakeTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(request.pingInterval()).isEqualTo(Duration.ofSeconds(20));
        assertThat(request.maxMessageBytes()).isEqualTo(16 * 1024 * 1024);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/",
                "ftp://example.com/",
                "/v1/listen",
                "wss:/v1",
                "ws://user:secret@example.com/",
                "ws://example.com/#secret",
                "ws://example.com:0/",
                "ws://example.com:70000/",
                "ws://:80/",
            })
    void addressThatIsNone_isRefused(String address) {
        assertThatThrownBy(() -> SocketRequest.to(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "ws://example.com/, example.com, 80, example.com",
        "wss://example.com/, example.com, 443, example.com",
        "WSS://example.com:443/, example.com, 443, example.com",
        "ws://127.0.0.1:8080, 127.0.0.1, 8080, 127.0.0.1:8080",
        "ws://[::1]:8080/, ::1, 8080, [::1]:8080",
        "ws://fake_deepgram:9000/x, fake_deepgram, 9000, fake_deepgram:9000",
    })
    void address_namesThePeer(String address, String host, int port, String header) {
        Peer peer = Peer.of(URI.create(address));

        assertThat(peer.host()).isEqualTo(host);
        assertThat(peer.port()).isEqualTo(port);
        assertThat(peer.hostHeader()).isEqualTo(header);
    }

    @Test
    void headerThatCannotBeSent_isRefused_withoutItsValue() {
        assertThatThrownBy(() -> request.header("Authorization", "secret\r\nX: y"))
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> request.header("Author ization", "secret")).hasMessageNotContaining("secret");
        assertThatThrownBy(() -> request.header("", "secret")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request.header("Sec-WebSocket-Protocol", "token, secret"))
                .hasMessageContaining("Sec-WebSocket-Protocol")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> request.header("connection", "close")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void boundThatMakesNoSense_isRefused() {
        assertThatThrownBy(() -> request.withHandshakeTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request.withPingInterval(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request.withMaxMessageBytes(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
