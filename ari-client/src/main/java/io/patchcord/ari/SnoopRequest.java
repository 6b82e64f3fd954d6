package io.patchcord.ari;

import java.util.Map;

/**
 * A channel that listens to another one, or speaks into it, without its party noticing.
 *
 * @param parameters as Asterisk names them
 */
public record SnoopRequest(Map<String, Object> parameters) {

    public SnoopRequest {
        parameters = Parameters.immutable(parameters);
    }

    /** A snoop channel for an application. */
    public static Builder builder(String application) {
        return new Builder(application);
    }

    /** Collects the parameters; not thread-safe. */
    public static final class Builder {

        private final Parameters parameters = new Parameters();

        private Builder(String application) {
            parameters.text("app", Parameters.required("application", application));
        }

        /** What to listen to: {@link AudioDirection#IN} is what the party says. */
        public Builder spy(AudioDirection spy) {
            parameters.text("spy", spy.wire());
            return this;
        }

        /** Where to speak into: {@link AudioDirection#OUT} is what the party hears. */
        public Builder whisper(AudioDirection whisper) {
            parameters.text("whisper", whisper.wire());
            return this;
        }

        public Builder appArgs(String... args) {
            parameters.text("appArgs", String.join(",", args));
            return this;
        }

        /** The id of the snoop channel. */
        public Builder snoopId(String snoopId) {
            parameters.text("snoopId", snoopId);
            return this;
        }

        public SnoopRequest build() {
            return new SnoopRequest(parameters.toMap());
        }
    }
}
