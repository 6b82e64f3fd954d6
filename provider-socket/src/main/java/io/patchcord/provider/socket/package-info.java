/** A WebSocket client for providers: on Netty, without a thread for each connection and without a queue of its own. */
@NullMarked
package io.patchcord.provider.socket;

import org.jspecify.annotations.NullMarked;
