package io.patchcord.ari;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/**
 * Asterisk's picture of one leg at the time of an event or an answer. Every text may be empty.
 *
 * @param id the unique id, the one to use in requests
 * @param name technology and peer, such as {@code PJSIP/100-00000001}
 * @param protocolId the SIP Call-ID, where Asterisk gives it
 * @param creationTime {@link Instant#EPOCH} when Asterisk gave none that can be read
 * @param variables what {@code channelvars=} in ari.conf names, and the variables that external media sets
 */
public record Channel(
        String id,
        String name,
        ChannelState state,
        String protocolId,
        Party caller,
        Party connected,
        String accountCode,
        DialplanPosition dialplan,
        Instant creationTime,
        String language,
        Map<String, String> variables) {

    static Channel from(JsonNode json) {
        return new Channel(
                Json.text(json, "id"),
                Json.text(json, "name"),
                Json.word(ChannelState.class, Json.text(json, "state"), ChannelState.UNKNOWN),
                Json.text(json, "protocol_id"),
                Json.optional(json, "caller", Party::from).orElse(Party.NOBODY),
                Json.optional(json, "connected", Party::from).orElse(Party.NOBODY),
                Json.text(json, "accountcode"),
                Json.optional(json, "dialplan", DialplanPosition::from).orElse(DialplanPosition.NOWHERE),
                Json.instant(json, "creationtime"),
                Json.text(json, "language"),
                Json.textMap(json, "channelvars"));
    }

    /** Whether the channel is in a Stasis application at this moment, and so takes requests. */
    public boolean inStasis() {
        return dialplan.appName().equals("Stasis");
    }
}
