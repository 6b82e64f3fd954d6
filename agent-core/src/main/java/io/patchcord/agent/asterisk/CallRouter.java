package io.patchcord.agent.asterisk;

import io.patchcord.agent.AgentProfile;
import io.patchcord.agent.CallListener;
import io.patchcord.agent.VoiceAgent;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.tool.Tools;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out who answers a call: provider and profile from the arguments of {@code Stasis(app,provider,profile)}, also
 * written {@code provider=…} and {@code profile=…}; else from the application's name ({@code local-ai} means
 * {@code local}); else the defaults. Immutable, thread-safe.
 */
final class CallRouter {

    private final Map<String, S2sEngine> engines;
    private final Map<String, AgentProfile> profiles;
    private final Tools tools;
    private final CallListener listener;

    /** The first engine and the first profile, in the order of the maps, are the defaults. */
    CallRouter(Map<String, S2sEngine> engines, Map<String, AgentProfile> profiles, Tools tools, CallListener listener) {
        this.engines = new LinkedHashMap<>(engines);
        this.profiles = new LinkedHashMap<>(profiles);
        this.tools = tools;
        this.listener = listener;
    }

    /**
     * Who answers.
     *
     * @param provider name of the engine
     * @param agent that takes the call, or refuses it
     * @param problem what the dialplan asked for that is not here; empty if all is well
     */
    record Route(String provider, VoiceAgent agent, Optional<String> problem) {}

    /** The route of a call that brings no wishes. */
    Route byDefault() {
        return route(first(engines), first(profiles));
    }

    Route route(String application, List<String> arguments) {
        String provider = "";
        String profile = "";
        List<String> positional = new ArrayList<>();
        for (String argument : arguments) {
            String value = argument.strip();
            if (value.startsWith("provider=")) {
                provider = value.substring("provider=".length()).strip();
            } else if (value.startsWith("profile=")) {
                profile = value.substring("profile=".length()).strip();
            } else if (!value.contains("=")) {
                positional.add(value);
            }
        }
        if (provider.isEmpty() && !positional.isEmpty()) {
            provider = positional.get(0);
        }
        if (profile.isEmpty() && positional.size() > 1) {
            profile = positional.get(1);
        }
        return route(
                provider.isEmpty() ? providerOf(application) : provider,
                profile.isEmpty() ? profileOf(application) : profile);
    }

    private Route route(String provider, String profile) {
        List<String> problems = new ArrayList<>();
        if (!engines.containsKey(provider)) {
            problems.add("there is no provider \"" + provider + "\" in this agent, only "
                    + String.join(", ", engines.keySet()));
        }
        if (!profiles.containsKey(profile)) {
            problems.add("there is no profile \"" + profile + "\" in this agent, only "
                    + String.join(", ", profiles.keySet()));
        }
        String name = engines.containsKey(provider) ? provider : first(engines);
        AgentProfile chosen = find(profiles, profiles.containsKey(profile) ? profile : first(profiles));
        return new Route(
                name,
                new VoiceAgent(find(engines, name), chosen, tools, listener),
                problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems)));
    }

    private String providerOf(String application) {
        return engines.keySet().stream()
                .filter(name -> application.equals(name) || application.startsWith(name + "-"))
                .findFirst()
                .orElseGet(() -> first(engines));
    }

    private String profileOf(String application) {
        return profiles.containsKey(application) ? application : first(profiles);
    }

    private static String first(Map<String, ?> map) {
        return map.keySet().iterator().next();
    }

    private static <V> V find(Map<String, V> map, String key) {
        V value = map.get(key);
        if (value == null) {
            throw new AssertionError(key);
        }
        return value;
    }
}
