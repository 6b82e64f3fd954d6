package io.patchcord.ari;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.ari.testing.FakeAri;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    @TempDir
    Path folder;

    private final HeldCertificate ca =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private final HeldCertificate otherCa =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private FakeAri fake;

    @BeforeEach
    void start() {
        HeldCertificate server = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .signedBy(ca)
                .build();
        fake = FakeAri.start(
                "/pbx",
                new HandshakeCertificates.Builder()
                        .heldCertificate(server, ca.certificate())
                        .build()
                        .sslSocketFactory());
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private Path pem(HeldCertificate... authorities) throws Exception {
        StringBuilder text = new StringBuilder();
        for (HeldCertificate authority : authorities) {
            text.append(authority.certificatePem());
        }
        return Files.writeString(folder.resolve("ca.pem"), text);
    }

    @Test
    void ownCa_isTrusted_forRequestsAndEvents_behindAPrefix() throws Exception {
        Recorder recorder = new Recorder();
        try (AriClient ari = fake.clientBuilder()
                .trustedCa(pem(otherCa, ca))
                .applications("agent")
                .listener(recorder)
                .build()) {
            assertThat(ari.channels().list()).succeedsWithin(FakeAri.PATIENCE);
            assertThat(fake.requests().get(0).target()).isEqualTo("/pbx/ari/channels");

            ari.connect();

            recorder.next(Recorder.Connected.class);
        }
    }

    @Test
    void strangersCa_isNotTrusted_andSaidSo() throws Exception {
        Recorder recorder = new Recorder();
        try (AriClient ari = fake.clientBuilder()
                .trustedCa(pem(otherCa))
                .applications("agent")
                .listener(recorder)
                .build()) {
            AriException failure = failureOf(ari.channels().list());
            assertThat(failure.kind()).isEqualTo(AriException.Kind.UNREACHABLE);
            assertThat(failure).hasMessageContaining("TLS");

            ari.connect();

            DisconnectReason reason = recorder.next(Recorder.Disconnected.class).reason();
            assertThat(reason.kind()).isEqualTo(DisconnectReason.Kind.UNREACHABLE);
            assertThat(reason.message()).contains("TLS");
        }
    }

    @Test
    void javasOwnAuthorities_doNotKnowIt() {
        try (AriClient ari = fake.clientBuilder().build()) {
            assertThat(failureOf(ari.channels().list()).kind()).isEqualTo(AriException.Kind.UNREACHABLE);
        }
    }

    @Test
    void certificateOfAnotherHost_isNotTaken() throws Exception {
        try (AriClient ari = fake.clientBuilder()
                .uri(URI.create("https://localhost:" + fake.port() + "/pbx"))
                .trustedCa(pem(ca))
                .build()) {
            AriException failure = failureOf(ari.channels().list());
            assertThat(failure.kind()).isEqualTo(AriException.Kind.UNREACHABLE);
            assertThat(failure).hasMessageContaining("host name");
        }
    }

    private static AriException failureOf(CompletableFuture<?> future) {
        return future.handle((value, error) -> AriException.from(error)).join();
    }
}
