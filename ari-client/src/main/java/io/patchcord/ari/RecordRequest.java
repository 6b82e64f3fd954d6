package io.patchcord.ari;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * A recording of a channel or a bridge. A channel that is in a bridge cannot be recorded: record the bridge, or a snoop
 * channel.
 *
 * @param parameters as Asterisk names them
 */
public record RecordRequest(Map<String, Object> parameters) {

    /** What to do when a recording of that name exists. */
    public enum IfExists {
        FAIL,
        OVERWRITE,
        APPEND
    }

    /** The digits by which the recorded party ends it. */
    public enum TerminateOn {
        NONE("none"),
        ANY("any"),
        STAR("*"),
        HASH("#");

        private final String wire;

        TerminateOn(String wire) {
            this.wire = wire;
        }
    }

    public RecordRequest {
        parameters = Parameters.immutable(parameters);
    }

    /** A name without an extension (slashes make folders), and a file format such as {@code wav}. */
    public static Builder builder(String name, String format) {
        return new Builder(name, format);
    }

    /** Collects the parameters; not thread-safe. */
    public static final class Builder {

        private final Parameters parameters = new Parameters();

        private Builder(String name, String format) {
            parameters.text("name", Parameters.required("name", name));
            parameters.text("format", Parameters.required("format", format));
        }

        /** The longest it may get, in whole seconds; no limit unless set. */
        public Builder maxDuration(Duration maxDuration) {
            parameters.seconds("maxDurationSeconds", maxDuration);
            return this;
        }

        /** How much silence ends it, in whole seconds; none does unless set. */
        public Builder maxSilence(Duration maxSilence) {
            parameters.seconds("maxSilenceSeconds", maxSilence);
            return this;
        }

        public Builder ifExists(IfExists ifExists) {
            parameters.text("ifExists", ifExists.name().toLowerCase(Locale.ROOT));
            return this;
        }

        /** Whether a beep tells the party that it begins. */
        public Builder beep(boolean beep) {
            parameters.flag("beep", beep);
            return this;
        }

        public Builder terminateOn(TerminateOn terminateOn) {
            parameters.text("terminateOn", terminateOn.wire);
            return this;
        }

        /** The format of a bridge's recorder channel (20.20, 22.10). */
        public Builder recorderFormat(String format) {
            parameters.text("recorder_format", format);
            return this;
        }

        public RecordRequest build() {
            return new RecordRequest(parameters.toMap());
        }
    }
}
