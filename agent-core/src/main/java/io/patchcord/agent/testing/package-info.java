@NullMarked
package io.patchcord.agent.testing;

import org.jspecify.annotations.NullMarked;
