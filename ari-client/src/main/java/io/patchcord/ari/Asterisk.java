package io.patchcord.ari;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Requests about the PBX itself. Thread-safe; every method returns at once. */
public final class Asterisk {

    private final AriHttp http;

    Asterisk(AriHttp http) {
        this.http = http;
    }

    /** Version, build and settings. */
    public CompletableFuture<AsteriskInfo> info() {
        return http.fetch(AriRequest.get("asterisk.info", "asterisk", "info"), AsteriskInfo::from);
    }

    /** Asks for a sign of life (16.2); answered with Asterisk's clock. */
    public CompletableFuture<Instant> ping() {
        return http.fetch(AriRequest.get("asterisk.ping", "asterisk", "ping"), json -> Json.instant(json, "timestamp"));
    }

    /** All modules that Asterisk knows. */
    public CompletableFuture<List<AsteriskModule>> modules() {
        return http.fetchList(AriRequest.get("asterisk.modules", "asterisk", "modules"), AsteriskModule::from);
    }

    /** One module, such as {@code chan_rtp.so}; not found when it is not loaded. */
    public CompletableFuture<AsteriskModule> module(String name) {
        return http.fetch(AriRequest.get("asterisk.module", "asterisk", "modules", name), AsteriskModule::from);
    }

    /** Whether a module is loaded and running: the way to find out what this Asterisk can do. */
    public CompletableFuture<Boolean> hasModule(String name) {
        return http.fetchOptional(
                        AriRequest.get("asterisk.module", "asterisk", "modules", name),
                        AsteriskModule::from,
                        refusal -> refusal.kind() == AriException.Kind.NOT_FOUND)
                .thenApply(module -> module.map(AsteriskModule::running).orElse(false));
    }

    /** A global variable; empty when it is not set, which Asterisk does not tell from an empty one. */
    public CompletableFuture<Optional<String>> variable(String name) {
        return Variables.read(http, AriRequest.get("asterisk.variable", "asterisk", "variable"), name)
                .thenApply(value -> value.filter(text -> !text.isEmpty()));
    }

    public CompletableFuture<Void> setVariable(String name, String value) {
        return http.perform(AriRequest.post("asterisk.setVariable", "asterisk", "variable")
                .body(Variables.assignment(name, value)));
    }
}
