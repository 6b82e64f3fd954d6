package io.patchcord.ari;

import java.util.List;
import java.util.Map;

/**
 * Channels to be put into a bridge; one that is in another bridge is moved.
 *
 * @param parameters as Asterisk names them
 */
public record AddChannelsRequest(Map<String, Object> parameters) {

    public AddChannelsRequest {
        parameters = Parameters.immutable(parameters);
    }

    public static AddChannelsRequest of(String... channelIds) {
        return builder(channelIds).build();
    }

    public static Builder builder(String... channelIds) {
        return new Builder(List.of(channelIds));
    }

    /** Collects the parameters; not thread-safe. */
    public static final class Builder {

        private final Parameters parameters = new Parameters();

        private Builder(List<String> channelIds) {
            if (channelIds.isEmpty()) {
                throw new IllegalArgumentException("no channel to add");
            }
            channelIds.forEach(id -> Parameters.required("channel id", id));
            parameters.list("channel", channelIds);
        }

        /** {@code participant} or {@code announcer}, in a holding bridge. */
        public Builder role(String role) {
            parameters.text("role", role);
            return this;
        }

        /** Whether digits of these channels stay out of the bridge. */
        public Builder absorbDtmf(boolean absorb) {
            parameters.flag("absorbDTMF", absorb);
            return this;
        }

        /** Whether their audio stays out of the bridge. */
        public Builder mute(boolean mute) {
            parameters.flag("mute", mute);
            return this;
        }

        /** Whether the other members are not told who joined (18.0). */
        public Builder inhibitConnectedLineUpdates(boolean inhibit) {
            parameters.flag("inhibitConnectedLineUpdates", inhibit);
            return this;
        }

        public AddChannelsRequest build() {
            return new AddChannelsRequest(parameters.toMap());
        }
    }
}
