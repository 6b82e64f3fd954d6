package io.patchcord.ari;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What requests about variables have in common. */
final class Variables {

    private Variables() {}

    /** Asterisk answers 404 both for a missing variable and for a missing channel; only its words tell them apart. */
    static CompletableFuture<Optional<String>> read(AriHttp http, AriRequest request, String name) {
        return http.fetchOptional(
                request.query("variable", Parameters.required("variable", name)),
                json -> Json.text(json, "value"),
                refusal -> refusal.kind() == AriException.Kind.NOT_FOUND
                        && refusal.asteriskMessage().contains("variable"));
    }

    static Map<String, Object> assignment(String name, String value) {
        return Map.of("variable", Parameters.required("variable", name), "value", value);
    }
}
