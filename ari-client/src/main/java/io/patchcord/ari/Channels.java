package io.patchcord.ari;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Requests about channels. Thread-safe; every method returns at once.
 *
 * <p>Most of them need the channel in a Stasis application: they fail with {@link AriException.Kind#NOT_FOUND} when the
 * channel is gone, {@link AriException.Kind#CONFLICT} when it is not in Stasis, {@link AriException.Kind#PRECONDITION}
 * when an outgoing call is not answered yet. Asterisk answers once it has <em>queued</em> such a command, not when it is
 * done.
 */
public final class Channels {

    private final AriHttp http;

    Channels(AriHttp http) {
        this.http = http;
    }

    /** All channels of the PBX, ours or not. */
    public CompletableFuture<List<Channel>> list() {
        return http.fetchList(AriRequest.get("channels.list", "channels"), Channel::from);
    }

    /** One channel, in Stasis or not. */
    public CompletableFuture<Channel> get(String id) {
        return http.fetch(AriRequest.get("channels.get", "channels", id), Channel::from);
    }

    /** Places a call; answered with its channel before it rings. */
    public CompletableFuture<Channel> originate(OriginateRequest request) {
        return http.fetch(AriRequest.post("channels.originate", "channels").body(request.parameters()), Channel::from);
    }

    /** Makes a channel that {@link #dial} rings later. */
    public CompletableFuture<Channel> create(CreateChannelRequest request) {
        return http.fetch(
                AriRequest.post("channels.create", "channels", "create").body(request.parameters()), Channel::from);
    }

    /** Rings the party of a created channel, for ever. */
    public CompletableFuture<Void> dial(String id) {
        return http.perform(post("dial", id));
    }

    /**
     * Rings the party of a created channel for a time.
     *
     * @param callerChannelId the channel for which this is done; empty for none
     */
    public CompletableFuture<Void> dial(String id, String callerChannelId, Duration timeout) {
        Parameters parameters = new Parameters().text("caller", callerChannelId).seconds("timeout", timeout);
        return http.perform(post("dial", id).body(parameters.toMap()));
    }

    /** Makes a channel whose audio goes to an external host. */
    public CompletableFuture<Channel> externalMedia(ExternalMediaRequest request) {
        return http.fetch(
                AriRequest.post("channels.externalMedia", "channels", "externalMedia")
                        .body(request.parameters()),
                Channel::from);
    }

    /** Makes a channel that listens to another one or speaks into it. */
    public CompletableFuture<Channel> snoop(String id, SnoopRequest request) {
        return http.fetch(post("snoop", id).body(request.parameters()), Channel::from);
    }

    /** Hangs up with {@link HangupReason#NORMAL}, in Stasis or not. */
    public CompletableFuture<Void> hangup(String id) {
        return hangup(id, HangupReason.NORMAL);
    }

    public CompletableFuture<Void> hangup(String id, HangupReason reason) {
        return http.perform(AriRequest.delete("channels.hangup", "channels", id).query("reason", reason.wire()));
    }

    /** Hangs up with any Q.850 cause (Asterisk 18 and later). */
    public CompletableFuture<Void> hangup(String id, int cause) {
        return http.perform(
                AriRequest.delete("channels.hangup", "channels", id).query("reason_code", Integer.toString(cause)));
    }

    /** Leaves Stasis; the dialplan goes on. */
    public CompletableFuture<Void> continueInDialplan(String id, DialplanTarget target) {
        return http.perform(AriRequest.post("channels.continueInDialplan", "channels", id, "continue")
                .body(target.parameters()));
    }

    /** Hands the channel to another Stasis application (16.3). */
    public CompletableFuture<Void> move(String id, String application, String... args) {
        Parameters parameters = new Parameters()
                .text("app", Parameters.required("application", application))
                .text("appArgs", String.join(",", args));
        return http.perform(post("move", id).body(parameters.toMap()));
    }

    /** Sends the other party elsewhere (SIP 302 or REFER); same technology only, such as {@code PJSIP/…}. */
    public CompletableFuture<Void> redirect(String id, String endpoint) {
        return http.perform(post("redirect", id).body(Map.of("endpoint", Parameters.required("endpoint", endpoint))));
    }

    /** Answers; media flows some time after that. */
    public CompletableFuture<Void> answer(String id) {
        return http.perform(post("answer", id));
    }

    /** Lets the caller hear that it rings. */
    public CompletableFuture<Void> ring(String id) {
        return http.perform(post("ring", id));
    }

    public CompletableFuture<Void> ringStop(String id) {
        return http.perform(AriRequest.delete("channels.ringStop", "channels", id, "ring"));
    }

    /** Signals progress, SIP 183 (20.16, 22.6). */
    public CompletableFuture<Void> progress(String id) {
        return http.perform(post("progress", id));
    }

    /** Sends digits to the channel's party. */
    public CompletableFuture<Void> dtmf(String id, DtmfRequest request) {
        return http.perform(post("dtmf", id).body(request.parameters()));
    }

    public CompletableFuture<Void> mute(String id, AudioDirection direction) {
        return http.perform(post("mute", id).body(Map.of("direction", muted(direction))));
    }

    public CompletableFuture<Void> unmute(String id, AudioDirection direction) {
        return http.perform(
                AriRequest.delete("channels.unmute", "channels", id, "mute").query("direction", muted(direction)));
    }

    private static String muted(AudioDirection direction) {
        if (direction == AudioDirection.NONE) {
            throw new IllegalArgumentException("direction NONE mutes nothing; give IN, OUT or BOTH");
        }
        return direction.wire();
    }

    /** Tells the channel's party that it is on hold. */
    public CompletableFuture<Void> hold(String id) {
        return http.perform(post("hold", id));
    }

    public CompletableFuture<Void> unhold(String id) {
        return http.perform(AriRequest.delete("channels.unhold", "channels", id, "hold"));
    }

    /** Plays music on hold, of the default class. */
    public CompletableFuture<Void> startMusicOnHold(String id) {
        return startMusicOnHold(id, "");
    }

    public CompletableFuture<Void> startMusicOnHold(String id, String musicClass) {
        return http.perform(post("moh", id)
                .body(new Parameters().text("mohClass", musicClass).toMap()));
    }

    public CompletableFuture<Void> stopMusicOnHold(String id) {
        return http.perform(AriRequest.delete("channels.stopMoh", "channels", id, "moh"));
    }

    /** Sends silence, so that RTP keeps flowing. */
    public CompletableFuture<Void> startSilence(String id) {
        return http.perform(post("silence", id));
    }

    public CompletableFuture<Void> stopSilence(String id) {
        return http.perform(AriRequest.delete("channels.stopSilence", "channels", id, "silence"));
    }

    /** Plays media to the channel. */
    public CompletableFuture<Playback> play(String id, PlayRequest request) {
        return http.fetch(post("play", id).body(request.parameters()), Playback::from);
    }

    /**
     * Records the channel. Not possible while it is in a bridge: 22.10 takes the request then and sends RecordingFailed,
     * others refuse it ({@link AriException.Kind#CONFLICT}).
     */
    public CompletableFuture<LiveRecording> record(String id, RecordRequest request) {
        return http.fetch(post("record", id).body(request.parameters()), LiveRecording::from);
    }

    /**
     * A variable, or a function such as {@code CALLERID(num)}; empty when it is not set. Needs no Stasis.
     */
    public CompletableFuture<Optional<String>> variable(String id, String name) {
        return Variables.read(http, AriRequest.get("channels.variable", "channels", id, "variable"), name);
    }

    /**
     * Sets a variable, or a function that can be written. Asterisk 16 answers before it is set, so that a read right
     * after it may not see it yet; later requests to the channel are done after it all the same.
     */
    public CompletableFuture<Void> setVariable(String id, String name, String value) {
        return http.perform(AriRequest.post("channels.setVariable", "channels", id, "variable")
                .body(Variables.assignment(name, value)));
    }

    /** Several variables in one request (20.20, 22.10). Unset ones are left out or empty, as Asterisk likes. */
    public CompletableFuture<Map<String, String>> variables(String id, Collection<String> names) {
        AriRequest request = AriRequest.get("channels.variables", "channels", id, "variables")
                .query("variables", names);
        return http.fetch(request, json -> Json.textMap(json, "variables"));
    }

    /** Sets several variables in one request (20.20, 22.10). */
    public CompletableFuture<Void> setVariables(String id, Map<String, String> values) {
        return http.perform(AriRequest.post("channels.setVariables", "channels", id, "variables")
                .body(Map.of("variables", values)));
    }

    private static AriRequest post(String verb, String id) {
        return AriRequest.post("channels." + verb, "channels", id, verb);
    }
}
