package io.patchcord.app.caller;

import java.time.Duration;
import java.util.Optional;

/**
 * When the caller does what.
 *
 * @param greeting how long it waits for the agent to speak first, before it speaks itself
 * @param quiet how long the agent must be silent to have finished
 * @param reply how long it waits for an answer
 * @param interruptAfter how long the agent may speak before the caller speaks all the same, if it interrupts
 * @param call how long the whole call may last
 */
public record Timing(
        Duration greeting, Duration quiet, Duration reply, Optional<Duration> interruptAfter, Duration call) {}
