package io.patchcord.ari;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.ari.testing.FakeAri;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void exampleOfTheReadme_isTheOneThatCompiles() throws Exception {
        String source = Files.readString(Path.of("src/test/java/io/patchcord/ari/ReadmeExample.java"));
        String example = source.substring(source.indexOf("begins here") + 12, source.indexOf("    // README ends"));

        assertThat(Files.readString(Path.of("README.md")).replaceAll("\\s+", " "))
                .contains(example.strip().replaceAll("\\s+", " "));
    }

    @Test
    void exampleOfTheReadme_answersPlaysAndHangsUp() {
        try (FakeAri fake = FakeAri.start();
                AriClient ari = ReadmeExample.start(fake.uri())) {
            fake.awaitSocket("announcement");
            fake.pbx().incoming("1.1", "Ring", "100", "2024", "announcement");

            fake.awaitRequest("DELETE", "/channels/1.1");

            assertThat(fake.requests())
                    .extracting(request -> request.line())
                    .containsExactly("POST /channels/1.1/answer", "POST /channels/1.1/play", "DELETE /channels/1.1");
            assertThat(ari).isNotNull();
        }
    }
}
