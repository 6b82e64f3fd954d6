package io.patchcord.ari;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A bridge to be made.
 *
 * @param bridgeId our own id; empty to let Asterisk make one up
 * @param parameters the others, as Asterisk names them
 */
public record CreateBridgeRequest(String bridgeId, Map<String, Object> parameters) {

    /** What a bridge can be. */
    public enum Type {
        MIXING,
        HOLDING,
        /** Keeps Asterisk from joining two RTP legs natively, so that digits are seen. */
        DTMF_EVENTS,
        /** Keeps Asterisk from joining two RTP legs natively, so that audio passes through it. */
        PROXY_MEDIA,
        VIDEO_SFU,
        VIDEO_SINGLE,
        SDP_LABEL
    }

    public CreateBridgeRequest {
        parameters = Parameters.immutable(parameters);
    }

    /** A mixing bridge through which all audio and every digit passes, under an id of our own choice. */
    public static CreateBridgeRequest mixing(String bridgeId, String name) {
        return builder(Type.MIXING, Type.PROXY_MEDIA)
                .bridgeId(bridgeId)
                .name(name)
                .build();
    }

    public static Builder builder(Type... types) {
        return new Builder(types);
    }

    /** Collects the parameters; not thread-safe. */
    public static final class Builder {

        private final Parameters parameters = new Parameters();
        private String bridgeId = "";

        private Builder(Type... types) {
            parameters.text(
                    "type",
                    Arrays.stream(types)
                            .map(type -> type.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(",")));
        }

        public Builder bridgeId(String bridgeId) {
            this.bridgeId = bridgeId;
            return this;
        }

        public Builder name(String name) {
            parameters.text("name", name);
            return this;
        }

        public CreateBridgeRequest build() {
            return new CreateBridgeRequest(bridgeId, parameters.toMap());
        }
    }
}
