/** Servers of the user's own, which speak OpenAI's HTTP API, in the place of what runs in process. */
@NullMarked
package io.patchcord.provider.local.server;

import org.jspecify.annotations.NullMarked;
