/**
 * Engines that stand in for each other, whatever they do: whose turn it is, how long one that failed is left alone, what
 * becomes of their checks. For the packages around it, and no API.
 */
@NullMarked
package io.patchcord.agent.pipeline.standby;

import org.jspecify.annotations.NullMarked;
