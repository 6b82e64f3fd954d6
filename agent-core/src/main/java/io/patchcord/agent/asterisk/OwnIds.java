package io.patchcord.agent.asterisk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The ids that we give to what we make in Asterisk, so that it can be recognised after a restart: a prefix that stands for
 * the application, the call, and what it is. Two agents with different applications never take each other's for their own.
 *
 * <p>UUIDs of our external media carry the same mark (as version 8, RFC 9562), so that a connection that comes too late
 * is not taken for a call from the dialplan. Immutable.
 */
final class OwnIds {

    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000000000000000L;

    private final String prefix;
    private final int mark;

    OwnIds(String application) {
        byte[] hash = sha256(application);
        this.prefix = "pc-" + HexFormat.of().formatHex(hash, 0, 4) + "-";
        this.mark = (hash[0] & 0xFF) << 24 | (hash[1] & 0xFF) << 16 | (hash[2] & 0xFF) << 8 | (hash[3] & 0xFF);
    }

    /** A new UUID for external media. */
    UUID newUuid() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (long) mark << 32 | (random.nextLong() & 0xFFFF_0FFFL) | VERSION_8;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | VARIANT;
        return new UUID(high, low);
    }

    /** Whether the UUID was made by this agent or an earlier run of it. */
    boolean isOwn(UUID uuid) {
        return (int) (uuid.getMostSignificantBits() >>> 32) == mark && uuid.version() == 8;
    }

    String media(String callId) {
        return prefix + callId + "-media";
    }

    String bridge(String callId) {
        return prefix + callId + "-bridge";
    }

    /** Whether the channel or bridge was made by this agent or an earlier run of it. */
    boolean isOwn(String id) {
        return id.startsWith(prefix);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
