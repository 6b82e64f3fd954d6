@NullMarked
package io.patchcord.agent.loop;

import org.jspecify.annotations.NullMarked;
