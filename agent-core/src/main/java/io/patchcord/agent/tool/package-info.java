@NullMarked
package io.patchcord.agent.tool;

import org.jspecify.annotations.NullMarked;
