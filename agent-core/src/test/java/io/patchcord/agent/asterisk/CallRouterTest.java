package io.patchcord.agent.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.AgentProfile;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.testing.ScriptedS2s;
import io.patchcord.agent.tool.Tools;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallRouterTest {

    private final CallRouter router = router();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "asterisk-ai-voice-agent |                          | local  | house",
                "asterisk-ai-voice-agent | openai                   | openai | house",
                "asterisk-ai-voice-agent | openai;night             | openai | night",
                "asterisk-ai-voice-agent | provider=openai          | openai | house",
                "asterisk-ai-voice-agent | profile=night            | local  | night",
                "asterisk-ai-voice-agent | profile=night;openai     | openai | night",
                "asterisk-ai-voice-agent | openai;;600;anna         | openai | house",
                "asterisk-ai-voice-agent | caller=5;openai          | openai | house",
                "openai-ai               |                          | openai | house",
                "openai                  |                          | openai | house",
                "openaix                 |                          | local  | house",
                "openai-ai               | local                    | local  | house",
                "night                   |                          | local  | night",
            })
    void callGoesToTheProviderAndProfileItNames(String application, String arguments, String provider, String profile) {
        CallRouter.Route route =
                router.route(application, arguments == null ? List.of() : List.of(arguments.split(";", -1)));

        assertThat(route.problem()).isEmpty();
        assertThat(route.provider()).isEqualTo(provider);
        assertThat(route.agent().profile().name()).isEqualTo(profile);
    }

    @Test
    void unknownProvider_isAProblemThatNamesThoseThereAre() {
        CallRouter.Route route = router.route("app", List.of("deepgram"));

        assertThat(route.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("\"deepgram\"", "local, openai"));
        assertThat(route.provider()).isEqualTo("local");
    }

    @Test
    void unknownProfile_isAProblemThatNamesThoseThereAre() {
        CallRouter.Route route = router.route("app", List.of("local", "day"));

        assertThat(route.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("\"day\"", "house, night"));
    }

    @Test
    void callWithoutWishes_getsTheDefaults() {
        assertThat(router.byDefault().provider()).isEqualTo("local");
        assertThat(router.byDefault().problem()).isEmpty();
    }

    private static CallRouter router() {
        Map<String, S2sEngine> engines = new LinkedHashMap<>();
        engines.put("local", new ScriptedS2s());
        engines.put("openai", new ScriptedS2s());
        Map<String, AgentProfile> profiles = new LinkedHashMap<>();
        profiles.put("house", AgentProfile.builder("house").build());
        profiles.put("night", AgentProfile.builder("night").build());
        return new CallRouter(engines, profiles, Tools.builtIn(), (call, event) -> {});
    }
}
