package io.patchcord.audiosocket;

import java.time.Duration;

/**
 * How long a connection waits for its peer.
 *
 * @param id from the connection to its UUID
 * @param drain from the end of our output to the peer's close
 * @param stall while the peer reads nothing
 */
record Timeouts(Duration id, Duration drain, Duration stall) {

    static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(10));

    Timeouts withId(Duration other) {
        return new Timeouts(other, drain, stall);
    }

    Timeouts withDrain(Duration other) {
        return new Timeouts(id, other, stall);
    }

    Timeouts withStall(Duration other) {
        return new Timeouts(id, drain, other);
    }
}
