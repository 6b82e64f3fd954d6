package io.patchcord.ari;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * One request, before it becomes HTTP.
 *
 * <p>Parameters of POST and PUT travel as a JSON body, which Asterisk takes for every parameter under its query name: a
 * request line is limited to 4096 bytes (main/http.c) and gets logged by proxies, a body is neither.
 *
 * @param operation its name, for messages
 * @param path segments after {@code /ari}, not encoded
 * @param query of GET and DELETE; a list's elements are joined with commas
 * @param body of POST and PUT; empty means none
 */
record AriRequest(
        String operation, String method, List<String> path, Map<String, String> query, Map<String, Object> body) {

    static AriRequest get(String operation, String... path) {
        return new AriRequest(operation, "GET", List.of(path), Map.of(), Map.of());
    }

    static AriRequest delete(String operation, String... path) {
        return new AriRequest(operation, "DELETE", List.of(path), Map.of(), Map.of());
    }

    static AriRequest post(String operation, String... path) {
        return new AriRequest(operation, "POST", List.of(path), Map.of(), Map.of());
    }

    static AriRequest put(String operation, String... path) {
        return new AriRequest(operation, "PUT", List.of(path), Map.of(), Map.of());
    }

    AriRequest {
        for (String segment : path) {
            if (segment.isBlank() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException(operation + ": '" + segment + "' is no id");
            }
        }
    }

    AriRequest query(String name, String value) {
        return new AriRequest(operation, method, path, Map.of(name, value), body);
    }

    AriRequest query(String name, Collection<String> values) {
        return query(name, String.join(",", values));
    }

    AriRequest body(Map<String, Object> parameters) {
        return new AriRequest(operation, method, path, query, parameters);
    }

    /** Method and path, for messages; parameters may be private and are left out. */
    String target() {
        return method + " " + String.join("/", path);
    }
}
