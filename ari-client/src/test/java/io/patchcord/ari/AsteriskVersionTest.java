package io.patchcord.ari;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsteriskVersionTest {

    @ParameterizedTest
    @CsvSource({
        "22.10.1, 22, 10, 1",
        "22.10.1~dfsg, 22, 10, 1",
        "22.10.1+dfsg+~cs6.17.60671434-1, 22, 10, 1",
        "16.28.0~dfsg-0+deb11u4, 16, 28, 0",
        "20.6, 20, 6, 0",
        "23.0.0-rc1, 23, 0, 0",
        "18.9-cert5, 18, 9, 0",
        "certified/18.9-cert5, 18, 9, 0",
        "certified-20.7-cert2, 20, 7, 0",
        "GIT-22-1a2b3c4, 22, 0, 0",
        "GIT-certified/18.9-abcdef0M, 18, 9, 0",
        "Asterisk 13.1.0, 13, 1, 0",
        "' 22.10.1 ', 22, 10, 1",
    })
    void versionsOfTheWild_becomeNumbers(String text, int major, int minor, int patch) {
        AsteriskVersion version = AsteriskVersion.parse(text);

        assertThat(version).isEqualTo(new AsteriskVersion(major, minor, patch, text.trim()));
        assertThat(version.known()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GIT-master-1a2b3c4", "unknown", "SVN-trunk-r1", "99999.1", "v22", "22"})
    void anythingElse_isNotKnown_andFailsNobody(String text) {
        assertThat(AsteriskVersion.parse(text)).isEqualTo(new AsteriskVersion(0, 0, 0, text));
        assertThat(AsteriskVersion.parse(text).known()).isFalse();
    }

    @Test
    void versions_areOrderedByTheirNumbers() {
        assertThat(Stream.of("22.10.1", "16.28.0", "22.9.12", "22.10.0", "18.9-cert5")
                        .map(AsteriskVersion::parse)
                        .sorted()
                        .map(AsteriskVersion::raw))
                .containsExactly("16.28.0", "18.9-cert5", "22.9.12", "22.10.0", "22.10.1");
    }

    @Test
    void isAtLeast_includesTheVersionItself() {
        AsteriskVersion version = AsteriskVersion.parse("22.4.2");

        assertThat(version.isAtLeast(22, 4, 2)).isTrue();
        assertThat(version.isAtLeast(22, 4, 0)).isTrue();
        assertThat(version.isAtLeast(20, 14, 0)).isTrue();
        assertThat(version.isAtLeast(22, 4, 3)).isFalse();
        assertThat(version.isAtLeast(22, 10, 0)).isFalse();
        assertThat(version.isAtLeast(23, 0, 0)).isFalse();
    }
}
