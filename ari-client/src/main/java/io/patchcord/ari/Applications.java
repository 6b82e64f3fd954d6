package io.patchcord.ari;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Requests about Stasis applications. Thread-safe; every method returns at once. */
public final class Applications {

    private final AriHttp http;

    Applications(AriHttp http) {
        this.http = http;
    }

    public CompletableFuture<List<Application>> list() {
        return http.fetchList(AriRequest.get("applications.list", "applications"), Application::from);
    }

    /** One application; not found when no events socket has registered it. */
    public CompletableFuture<Application> get(String name) {
        return http.fetch(AriRequest.get("applications.get", "applications", name), Application::from);
    }

    /**
     * Asks for the events of something outside Stasis: {@code channel:ID}, {@code bridge:ID},
     * {@code endpoint:PJSIP/100}, {@code deviceState:…}.
     */
    public CompletableFuture<Application> subscribe(String name, String... eventSources) {
        return http.fetch(
                AriRequest.post("applications.subscribe", "applications", name, "subscription")
                        .body(Map.of("eventSource", List.of(eventSources))),
                Application::from);
    }

    public CompletableFuture<Application> unsubscribe(String name, String... eventSources) {
        return http.fetch(
                AriRequest.delete("applications.unsubscribe", "applications", name, "subscription")
                        .query("eventSource", List.of(eventSources)),
                Application::from);
    }

    /**
     * Chooses which events an application gets (16.3): those whose type is allowed (all, when that is empty) and not
     * disallowed.
     */
    public CompletableFuture<Application> filterEvents(
            String name, Collection<String> allowedTypes, Collection<String> disallowedTypes) {
        return http.fetch(
                AriRequest.put("applications.filter", "applications", name, "eventFilter")
                        .body(Map.of("allowed", types(allowedTypes), "disallowed", types(disallowedTypes))),
                Application::from);
    }

    private static List<Map<String, String>> types(Collection<String> names) {
        return names.stream().map(name -> Map.of("type", name)).toList();
    }
}
