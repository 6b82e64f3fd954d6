package io.patchcord.ari;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A call to be placed. It goes either into a Stasis application or into the dialplan.
 *
 * <p>Choose the channel's id yourself: its events can come before the answer to the request.
 *
 * @param parameters as Asterisk names them
 */
public record OriginateRequest(Map<String, Object> parameters) {

    public OriginateRequest {
        parameters = Parameters.immutable(parameters);
    }

    /** A call to an endpoint such as {@code PJSIP/100} or {@code Local/7001@people}. */
    public static Builder to(String endpoint) {
        return new Builder(endpoint);
    }

    /** Collects the parameters; not thread-safe. */
    public static final class Builder {

        private final Parameters parameters = new Parameters();

        private Builder(String endpoint) {
            parameters.text("endpoint", Parameters.required("endpoint", endpoint));
        }

        /** The application that gets the channel once it is answered, with its arguments. */
        public Builder application(String name, String... args) {
            parameters.text("app", Parameters.required("application", name));
            parameters.text("appArgs", String.join(",", args));
            return this;
        }

        /** The place in the dialplan where the answered channel starts. */
        public Builder dialplan(String context, String extension, int priority) {
            parameters.text("context", Parameters.required("context", context));
            parameters.text("extension", Parameters.required("extension", extension));
            parameters.number("priority", priority);
            return this;
        }

        /** The label of the step, instead of a priority. */
        public Builder label(String label) {
            parameters.text("label", label);
            return this;
        }

        /** What the called party is shown: a number, or {@code "Name" <number>}. */
        public Builder callerId(String callerId) {
            parameters.text("callerId", callerId);
            return this;
        }

        /** How long it may ring (30 s unless set), in whole seconds. */
        public Builder timeout(Duration timeout) {
            parameters.seconds("timeout", timeout);
            return this;
        }

        /** Lets it ring for ever. */
        public Builder noTimeout() {
            parameters.number("timeout", -1);
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

        /** The channel for which the call is placed; formats and linked id are taken from it. */
        public Builder originator(String channelId) {
            parameters.text("originator", channelId);
            return this;
        }

        /** The formats to offer, instead of an originator's. */
        public Builder formats(List<String> formats) {
            parameters.text("formats", String.join(",", formats));
            return this;
        }

        /** Channel variables to set before dialling. */
        public Builder variables(Map<String, String> variables) {
            parameters.map("variables", variables);
            return this;
        }

        public OriginateRequest build() {
            if (parameters.has("app") == parameters.has("extension")) {
                throw new IllegalArgumentException(
                        "a call goes into an application or into the dialplan: set exactly one of the two");
            }
            if (parameters.has("originator") && parameters.has("formats")) {
                throw new IllegalArgumentException("originator and formats exclude each other: set one of them");
            }
            return new OriginateRequest(parameters.toMap());
        }
    }
}
