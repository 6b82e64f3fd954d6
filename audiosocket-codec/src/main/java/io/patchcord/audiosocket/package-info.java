/**
 * Asterisk's AudioSocket protocol on Netty: messages and codec, raw connections, and paced calls, in the role of the
 * server that Asterisk connects to and in the role of Asterisk.
 *
 * <p>Three layers, each usable without the one above it:
 *
 * <ol>
 *   <li>{@link io.patchcord.audiosocket.AudioSocketMessage} with {@link io.patchcord.audiosocket.AudioSocketDecoder} and
 *       the two encoders: plain Netty handlers.
 *   <li>{@link io.patchcord.audiosocket.AudioSocketConnection}: one TCP connection that identified itself. It sends what
 *       it is given when it is given it; whoever uses it keeps the 20 ms clock.
 *   <li>{@link io.patchcord.audiosocket.AudioSocketCall}: a call that keeps the clock itself. Audio in, audio out, digits,
 *       hang-up; no knowledge of Netty or of the wire is needed.
 * </ol>
 */
@NullMarked
package io.patchcord.audiosocket;

import org.jspecify.annotations.NullMarked;
