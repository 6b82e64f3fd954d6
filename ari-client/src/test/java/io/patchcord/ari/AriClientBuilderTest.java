package io.patchcord.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AriClientBuilderTest {

    private static AriClientBuilder builder() {
        return AriClient.builder().credentials("agent", "s3cr3t");
    }

    @ParameterizedTest
    @CsvSource({
        "http://pbx:8088, http://pbx:8088/ari",
        "http://pbx:8088/, http://pbx:8088/ari",
        "http://pbx:8088/ari, http://pbx:8088/ari",
        "http://pbx:8088/ari/, http://pbx:8088/ari",
        "http://pbx:8088/asterisk, http://pbx:8088/asterisk/ari",
        "http://pbx:8088/asterisk/ari/, http://pbx:8088/asterisk/ari",
        "https://pbx.example, https://pbx.example/ari",
        "http://my_pbx:8088, http://my_pbx:8088/ari",
        "http://[::1]:8088, http://[::1]:8088/ari",
    })
    void address_mayHaveAPrefix_andMayNameAri(String given, String used) {
        try (AriClient client = builder().uri(URI.create(given)).build()) {
            assertThat(client).hasToString("AriClient[" + used + "]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pbx", "pbx:8088", "ftp://pbx", "ws://pbx:8088", "/ari", "http:///ari"})
    void otherAddresses_areRefused_withAnExample(String given) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().uri(URI.create(given)).build())
                .withMessageContaining("http://127.0.0.1:8088");
    }

    @Test
    void credentialsInTheAddress_areRefused_andNotRepeated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder()
                        .uri(URI.create("http://agent:s3cr3t@pbx:8088"))
                        .build())
                .withMessageContaining("apart")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr3t"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder()
                        .uri(URI.create("http://pbx:8088/?api_key=agent:s3cr3t"))
                        .build())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr3t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b"})
    void userThatCannotBe_isRefused(String user) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AriClient.builder().credentials(user, "x").build())
                .withMessageContaining("ARI user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a,b"})
    void applicationThatCannotBe_isRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> builder().applications(name));
    }

    @Test
    void applicationsAndListener_belongTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().applications("agent").build())
                .withMessageContaining("listener");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().listener(event -> {}).build())
                .withMessageContaining("applications");
    }

    @Test
    void numbersThatCannotBe_areRefused() {
        AriClientBuilder builder = builder();

        assertThatIllegalArgumentException().isThrownBy(() -> builder.pingInterval(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.requestTimeout(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.connectTimeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.eventQueueCapacity(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxConcurrentRequests(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.backOff(Duration.ofSeconds(2), Duration.ofSeconds(1))
                        .applications("a")
                        .listener(event -> {})
                        .build());
    }

    @Test
    void caFile_mustBeThere_andHoldCertificates_andBeOfUse(@TempDir Path folder) throws Exception {
        Path nonsense = Files.writeString(folder.resolve("ca.pem"), "nonsense");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        URI https = URI.create("https://pbx:8089");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder()
                        .uri(https)
                        .trustedCa(folder.resolve("missing.pem"))
                        .build())
                .withMessageContaining("missing.pem");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().uri(https).trustedCa(nonsense).build())
                .withMessageContaining("PEM");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().uri(https).trustedCa(empty).build())
                .withMessageContaining("PEM");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().trustedCa(nonsense).build())
                .withMessageContaining("not https");
    }
}
