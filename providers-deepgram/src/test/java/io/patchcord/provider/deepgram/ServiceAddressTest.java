package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceAddressTest {

    private static final String EXAMPLE = "https://api.example.com";

    @ParameterizedTest
    @CsvSource({
        "WSS://Agent.Example.com/Path, https://agent.example.com/Path",
        "HTTP://127.0.0.1, http://127.0.0.1/",
        "ws://fake_deepgram:8080/x, http://fake_deepgram:8080/x",
        "https://[::1]:65535/, https://[::1]:65535/",
        "https://grüße.example.com, https://xn--gre-6ka8l.example.com/",
    })
    void addressThatCouldWork(String text, String url) {
        assertThat(ServiceAddress.of("SETTING", text, EXAMPLE)).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com, no https:// or wss:// at its beginning",
        "//api.example.com, no https:// or wss:// at its beginning",
        "FTP://api.example.com, begins with FTP://",
        "https://user:secret@api.example.com, a user or a password",
        "https://secret@api.example.com, a user or a password",
        "https://api.example.com?token=secret, a query or a fragment",
        "https://api.example.com/#secret, a query or a fragment",
        "wss://api.example.com:70000/path, the port 70000",
        "wss://api.example.com:0, the port 0",
        "wss://api.example.com:port, the port port",
        "'wss://agent example', no host",
        "https://, no host",
        "https:///path, no host",
    })
    void addressThatCannot_isRefused_withTheReason_andWhatCouldStandThere(String text, String reason) {
        assertThatThrownBy(() -> ServiceAddress.of("SETTING", text, EXAMPLE))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                .hasMessageStartingWith("SETTING ")
                .hasMessageContaining(reason)
                .hasMessageEndingWith(": write an address such as " + EXAMPLE)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com, https://api.example.com/",
        "https://api.example.com/v1/, https://api.example.com/",
        "https://api.example.com/gateway/v2, https://api.example.com/gateway/",
    })
    void addressThatOthersAreMadeOf_hasNoVersion(String text, String url) {
        assertThat(ServiceAddress.base("SETTING", text, EXAMPLE)).hasToString(url);
    }
}
