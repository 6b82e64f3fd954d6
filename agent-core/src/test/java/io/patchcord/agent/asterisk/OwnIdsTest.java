package io.patchcord.agent.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class OwnIdsTest {

    private final OwnIds ids = new OwnIds("local-ai");

    @Test
    void whatWeMake_isRecognisedByTheNextRun() {
        OwnIds nextRun = new OwnIds("local-ai");

        assertThat(nextRun.isOwn(ids.media("c1"))).isTrue();
        assertThat(nextRun.isOwn(ids.bridge("c1"))).isTrue();
        assertThat(nextRun.isOwn(ids.newUuid())).isTrue();
    }

    @Test
    void whatAnotherApplicationMade_isNotOurs() {
        OwnIds other = new OwnIds("local");

        assertThat(other.isOwn(ids.media("c1"))).isFalse();
        assertThat(other.isOwn(ids.newUuid())).isFalse();
        assertThat(ids.isOwn("1764000000.12")).isFalse();
    }

    @Test
    void uuidOfTheDialplan_isNotOurs() {
        for (int i = 0; i < 1000; i++) {
            assertThat(ids.isOwn(UUID.randomUUID())).isFalse();
        }
    }

    @Test
    void uuids_differAndAreOfVersion8() {
        UUID first = ids.newUuid();
        UUID second = ids.newUuid();

        assertThat(first).isNotEqualTo(second);
        assertThat(first.version()).isEqualTo(8);
        assertThat(first.variant()).isEqualTo(2);
    }
}
