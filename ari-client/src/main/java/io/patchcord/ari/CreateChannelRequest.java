package io.patchcord.ari;

import java.util.List;
import java.util.Map;

/**
 * A channel to be made but not yet dialled: it enters the application at once, in state {@link ChannelState#DOWN}, and
 * {@link Channels#dial} rings its party.
 *
 * @param parameters as Asterisk names them
 */
public record CreateChannelRequest(Map<String, Object> parameters) {

    public CreateChannelRequest {
        parameters = Parameters.immutable(parameters);
    }

    /** A channel towards an endpoint such as {@code PJSIP/100}, for an application. */
    public static Builder to(String endpoint, String application) {
        return new Builder(endpoint, application);
    }

    /** Collects the parameters; not thread-safe. */
    public static final class Builder {

        private final Parameters parameters = new Parameters();

        private Builder(String endpoint, String application) {
            parameters.text("endpoint", Parameters.required("endpoint", endpoint));
            parameters.text("app", Parameters.required("application", application));
        }

        public Builder appArgs(String... args) {
            parameters.text("appArgs", String.join(",", args));
            return this;
        }

        public Builder channelId(String channelId) {
            parameters.text("channelId", channelId);
            return this;
        }

        /** The id of the second half of a Local channel. */
        public Builder otherChannelId(String channelId) {
            parameters.text("otherChannelId", channelId);
            return this;
        }

        /** The channel for which this one is made. */
        public Builder originator(String channelId) {
            parameters.text("originator", channelId);
            return this;
        }

        /** The formats to offer, instead of an originator's. */
        public Builder formats(List<String> formats) {
            parameters.text("formats", String.join(",", formats));
            return this;
        }

        /** Channel variables to set. */
        public Builder variables(Map<String, String> variables) {
            parameters.map("variables", variables);
            return this;
        }

        public CreateChannelRequest build() {
            if (parameters.has("originator") && parameters.has("formats")) {
                throw new IllegalArgumentException("originator and formats exclude each other: set one of them");
            }
            return new CreateChannelRequest(parameters.toMap());
        }
    }
}
