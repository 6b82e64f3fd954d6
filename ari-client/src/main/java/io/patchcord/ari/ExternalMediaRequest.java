package io.patchcord.ari;

import java.util.Map;
import java.util.UUID;

/**
 * A channel whose audio goes to and comes from an external host. Since Asterisk 16.6; which transport since when is in
 * the methods below.
 *
 * <p>Choose the channel's id yourself: its events, and for AudioSocket the connection itself, come before the answer
 * to the request. Asterisk connects while it answers, which can take 2 s for each address of the host.
 *
 * @param parameters as Asterisk names them
 */
public record ExternalMediaRequest(Map<String, Object> parameters) {

    public ExternalMediaRequest {
        parameters = Parameters.immutable(parameters);
    }

    /**
     * AudioSocket (18.0): Asterisk connects to {@code host:port} by TCP and sends the UUID first. The format is
     * {@code slin}, which no version mislabels.
     */
    public static Builder audioSocket(String application, String hostAndPort, UUID uuid) {
        return new Builder(application, "slin")
                .externalHost(hostAndPort)
                .encapsulation("audiosocket")
                .transport("tcp")
                .data(uuid.toString());
    }

    /**
     * RTP over UDP (16.6). Asterisk's own address is in the answer's {@link Channel#variables()} as
     * {@code UNICASTRTP_LOCAL_ADDRESS} and {@code UNICASTRTP_LOCAL_PORT}. {@code ulaw} and {@code alaw} work on every
     * version, in both directions.
     */
    public static Builder rtp(String application, String hostAndPort, String format) {
        return new Builder(application, format)
                .externalHost(hostAndPort)
                .encapsulation("rtp")
                .transport("udp");
    }

    /** WebSocket (20.16, 22.6): Asterisk connects, as a section of its websocket_client.conf says. */
    public static Builder webSocketClient(String application, String section, String format) {
        return new Builder(application, format)
                .externalHost(section)
                .encapsulation("none")
                .transport("websocket");
    }

    /**
     * WebSocket (20.16, 22.6): Asterisk waits for our connection at {@code /media/ID}, where ID is the variable
     * {@code MEDIA_WEBSOCKET_CONNECTION_ID} of the answer.
     */
    public static Builder webSocketServer(String application, String format) {
        return new Builder(application, format)
                .externalHost("INCOMING")
                .encapsulation("none")
                .transport("websocket")
                .connectionType("server");
    }

    /** Any combination, for an application and a format. */
    public static Builder builder(String application, String format) {
        return new Builder(application, format);
    }

    /** Collects the parameters; not thread-safe. */
    public static final class Builder {

        private final Parameters parameters = new Parameters();

        private Builder(String application, String format) {
            parameters.text("app", Parameters.required("application", application));
            format(format);
        }

        /** {@code host:port}, or a section of websocket_client.conf, or {@code INCOMING}. */
        public Builder externalHost(String externalHost) {
            parameters.text("external_host", externalHost);
            return this;
        }

        /** One format name of Asterisk, such as {@code ulaw} or {@code slin16}. */
        public Builder format(String format) {
            parameters.text("format", Parameters.required("format", format));
            return this;
        }

        public Builder channelId(String channelId) {
            if (channelId.length() > 149) {
                throw new IllegalArgumentException(
                        "Asterisk takes channel ids of up to 149 characters, this one has " + channelId.length());
            }
            parameters.text("channelId", channelId);
            return this;
        }

        /** Channel variables to set before dialling. */
        public Builder variables(Map<String, String> variables) {
            parameters.map("variables", variables);
            return this;
        }

        /** {@code rtp} (unless set), {@code audiosocket} or {@code none}. */
        public Builder encapsulation(String encapsulation) {
            parameters.text("encapsulation", encapsulation);
            return this;
        }

        /** {@code udp} (unless set), {@code tcp} or {@code websocket}. */
        public Builder transport(String transport) {
            parameters.text("transport", transport);
            return this;
        }

        /** {@code client} (unless set) or {@code server}: what Asterisk is; {@code server} for WebSocket only. */
        public Builder connectionType(String connectionType) {
            parameters.text("connection_type", connectionType);
            return this;
        }

        /** Which way audio flows, where the WebSocket driver of 20.19 or 22.9 and later looks at it. */
        public Builder direction(AudioDirection direction) {
            parameters.text("direction", direction.wire());
            return this;
        }

        /** The UUID for AudioSocket; for every transport also the arguments of the channel's StasisStart. */
        public Builder data(String data) {
            parameters.text("data", data);
            return this;
        }

        /** Options of the WebSocket driver's dial string, such as {@code f(json)} (20.18, 22.8). */
        public Builder transportData(String transportData) {
            parameters.text("transport_data", transportData);
            return this;
        }

        public ExternalMediaRequest build() {
            boolean audioSocket = parameters.is("encapsulation", "audiosocket");
            boolean webSocket = parameters.is("transport", "websocket");
            if (audioSocket && !parameters.is("transport", "tcp")) {
                throw new IllegalArgumentException("encapsulation audiosocket needs transport tcp");
            }
            if (audioSocket && !parameters.has("data")) {
                throw new IllegalArgumentException("encapsulation audiosocket needs the call's UUID as data");
            }
            if (webSocket != parameters.is("encapsulation", "none")) {
                throw new IllegalArgumentException("transport websocket and encapsulation none go together");
            }
            if (parameters.is("connection_type", "server") && !webSocket) {
                throw new IllegalArgumentException("connection type server exists for transport websocket only");
            }
            if (!parameters.has("external_host") && !parameters.is("connection_type", "server")) {
                throw new IllegalArgumentException("external host is missing: give host:port");
            }
            return new ExternalMediaRequest(parameters.toMap());
        }
    }
}
