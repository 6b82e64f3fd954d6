/** What the agent itself costs between the caller's wire and the provider's: {@code agent-app/bench/overhead}. */
@NullMarked
package io.patchcord.app.overhead;

import org.jspecify.annotations.NullMarked;
