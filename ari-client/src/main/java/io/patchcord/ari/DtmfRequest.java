package io.patchcord.ari;

import java.time.Duration;
import java.util.Map;

/**
 * Digits to be sent to a channel's party; {@code w} is a pause.
 *
 * @param parameters as Asterisk names them
 */
public record DtmfRequest(Map<String, Object> parameters) {

    public DtmfRequest {
        parameters = Parameters.immutable(parameters);
    }

    /** Digits of 100 ms with 100 ms between them. */
    public static DtmfRequest of(String digits) {
        return builder(digits).build();
    }

    public static Builder builder(String digits) {
        return new Builder(digits);
    }

    /** Collects the parameters; not thread-safe. */
    public static final class Builder {

        private final Parameters parameters = new Parameters();

        private Builder(String digits) {
            parameters.text("dtmf", Parameters.required("digits", digits));
        }

        public Builder before(Duration before) {
            parameters.millis("before", before);
            return this;
        }

        public Builder between(Duration between) {
            parameters.millis("between", between);
            return this;
        }

        /** The length of each digit. */
        public Builder duration(Duration duration) {
            parameters.millis("duration", duration);
            return this;
        }

        public Builder after(Duration after) {
            parameters.millis("after", after);
            return this;
        }

        public DtmfRequest build() {
            return new DtmfRequest(parameters.toMap());
        }
    }
}
