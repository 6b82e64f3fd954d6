package io.patchcord.agent.pipeline;

import io.patchcord.agent.pipeline.standby.Breaker;
import io.patchcord.agent.spi.S2sEngine;

/**
 * One of the providers that stand in for each other.
 *
 * @param ownVoice whether the name of the voice that the user has set is one of this provider's
 * @param breaker shared by all calls
 */
record FailoverMember(String name, S2sEngine engine, boolean ownVoice, Breaker breaker) {}
