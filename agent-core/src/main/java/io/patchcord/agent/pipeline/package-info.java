@NullMarked
package io.patchcord.agent.pipeline;

import org.jspecify.annotations.NullMarked;
