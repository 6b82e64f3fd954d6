package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.provider.socket.testing.FakeConnection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Listen is asked for. */
class ListenQueryTest extends ListenTest {

    @Test
    void nova_isAskedForInTheQuery_withTheKeyInAHeader() {
        ears = new Ears(NOVA, "DEEPGRAM_STT_KEYTERMS=Patchcord, Grüß Gott,,");

        FakeConnection connection = ears.connected();

        assertThat(connection.path()).isEqualTo("/v1/listen");
        assertThat(connection.query())
                .isEqualTo(Map.ofEntries(
                        Map.entry("model", List.of("nova-3")),
                        Map.entry("language", List.of("en-US")),
                        Map.entry("encoding", List.of("mulaw")),
                        Map.entry("sample_rate", List.of("8000")),
                        Map.entry("channels", List.of("1")),
                        Map.entry("interim_results", List.of("true")),
                        Map.entry("punctuate", List.of("true")),
                        Map.entry("endpointing", List.of("300")),
                        Map.entry("utterance_end_ms", List.of("1000")),
                        Map.entry("keyterm", List.of("Patchcord", "Grüß Gott"))));
        assertThat(connection.headers()).containsEntry("authorization", "Token secret-key");
    }

    @Test
    void novaAsSet_isAskedForInTheQuery() {
        ears = new Ears(
                "nova-2",
                "DEEPGRAM_STT_LANGUAGE=multi",
                "DEEPGRAM_STT_KEYTERMS=Patchcord",
                "DEEPGRAM_STT_ENDPOINTING=off",
                "DEEPGRAM_STT_SMART_FORMAT=true",
                "DEEPGRAM_MIP_OPT_OUT=true");

        assertThat(ears.connected().query())
                .containsEntry("language", List.of("multi"))
                .containsEntry("keywords", List.of("Patchcord"))
                .containsEntry("endpointing", List.of("false"))
                .containsEntry("smart_format", List.of("true"))
                .containsEntry("mip_opt_out", List.of("true"))
                .doesNotContainKeys("utterance_end_ms", "keyterm");
        assertThat(ears.engine.detectsTurns()).isFalse();
    }

    @Test
    void flux_isAskedForInTheQuery() {
        ears = new Ears(FLUX, "DEEPGRAM_STT_KEYTERMS=Patchcord");

        FakeConnection connection = ears.connected();

        assertThat(connection.path()).isEqualTo("/v2/listen");
        assertThat(connection.query())
                .isEqualTo(Map.of(
                        "model", List.of("flux-general-en"),
                        "encoding", List.of("mulaw"),
                        "sample_rate", List.of("8000"),
                        "eot_threshold", List.of("0.7"),
                        "eager_eot_threshold", List.of("0.5"),
                        "eot_timeout_ms", List.of("5000"),
                        "keyterm", List.of("Patchcord")));
        assertThat(ears.engine.detectsTurns()).isTrue();
    }

    @Test
    void fluxAsSet_isAskedForInTheQuery_withTheCallsLanguageAsAHint() {
        ears = new Ears(
                AudioFormat.ALAW_8K,
                "de-AT",
                "flux-general-multi",
                "DEEPGRAM_STT_EAGER_EOT_THRESHOLD=off",
                "DEEPGRAM_STT_EOT_THRESHOLD=0.8",
                "DEEPGRAM_STT_EOT_TIMEOUT=3s",
                "DEEPGRAM_MIP_OPT_OUT=yes");

        assertThat(ears.connected().query())
                .containsEntry("encoding", List.of("alaw"))
                .containsEntry("language_hint", List.of("de"))
                .containsEntry("eot_threshold", List.of("0.8"))
                .containsEntry("eot_timeout_ms", List.of("3000"))
                .containsEntry("mip_opt_out", List.of("true"))
                .doesNotContainKey("eager_eot_threshold");
    }

    @Test
    void languageThatTheModelDoesNotUnderstand_isRefusedAtOnce() {
        ears = new Ears(FLUX);

        assertThatThrownBy(() -> ears.engine.open(ears.loop, "de-DE", event -> {}))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                .hasMessageContaining("de-DE")
                .hasMessageContaining("DEEPGRAM_STT_MODEL");
    }
}
