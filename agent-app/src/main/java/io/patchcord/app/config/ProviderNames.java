package io.patchcord.app.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names that may be written where a provider is chosen: one or more with commas between, each once.
 *
 * @param able the providers in this jar that can do it
 * @param inJar all providers in this jar
 * @param lacking what the others lack, to follow a name: "has no voice"
 */
record ProviderNames(List<String> able, List<String> inJar, String lacking) {

    /** Those that have a jar of their own. */
    static final Set<String> OURS = Set.of("local", "openai", "deepgram");

    ValueType<String> type() {
        String label = ValueType.choice(able).label();
        return new ValueType<>(label + "[,…]", this::parse);
    }

    private String parse(String text) {
        List<String> names = ValueType.LIST.parse(text).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        for (String name : names) {
            if (!able.contains(name)) {
                throw new IllegalArgumentException(complaint(name));
            }
        }
        if (Set.copyOf(names).size() < names.size()) {
            throw new IllegalArgumentException("write each name once");
        }
        return String.join(",", names);
    }

    private String complaint(String name) {
        String instead = "; write " + NearMiss.alternatives(name, able);
        if (inJar.contains(name)) {
            return name + " " + lacking + instead;
        }
        return OURS.contains(name)
                ? name + " is not in this jar" + instead + ", or run agent-app.jar, which has all of them"
                : "there is no provider " + name + " in this jar" + instead;
    }
}
