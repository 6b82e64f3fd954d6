package io.patchcord.ari;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Media to be played to a channel or a bridge, one after the other: {@code sound:}, {@code recording:},
 * {@code number:}, {@code digits:}, {@code characters:} or {@code tone:} and what to play.
 *
 * @param parameters as Asterisk names them
 */
public record PlayRequest(Map<String, Object> parameters) {

    public PlayRequest {
        parameters = Parameters.immutable(parameters);
    }

    /** One or more media, with nothing else set. */
    public static PlayRequest of(String... media) {
        return builder(media).build();
    }

    public static Builder builder(String... media) {
        return new Builder(List.of(media));
    }

    /** Collects the parameters; not thread-safe. */
    public static final class Builder {

        private final Parameters parameters = new Parameters();

        private Builder(List<String> media) {
            if (media.isEmpty()) {
                throw new IllegalArgumentException("nothing to play: give a media URI such as sound:beep");
            }
            media.forEach(uri -> Parameters.required("media URI", uri));
            parameters.list("media", media);
        }

        /** The id by which the playback can be stopped; Asterisk makes one up when none is set. */
        public Builder playbackId(String playbackId) {
            parameters.text("playbackId", playbackId);
            return this;
        }

        /** The language of sound files, instead of the channel's. */
        public Builder language(String language) {
            parameters.text("lang", language);
            return this;
        }

        /** Where to begin in the first medium. */
        public Builder offset(Duration offset) {
            parameters.millis("offsetms", offset);
            return this;
        }

        /** How far forward and reverse jump. */
        public Builder skip(Duration skip) {
            parameters.millis("skipms", skip);
            return this;
        }

        /** The format of a bridge's announcer channel (20.20, 22.10). */
        public Builder announcerFormat(String format) {
            parameters.text("announcer_format", format);
            return this;
        }

        public PlayRequest build() {
            return new PlayRequest(parameters.toMap());
        }
    }
}
