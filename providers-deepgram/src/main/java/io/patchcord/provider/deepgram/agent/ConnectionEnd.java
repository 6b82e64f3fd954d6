package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.spi.ProviderException;

/**
 * Why a connection is over.
 *
 * @param retry whether another one may do better
 */
record ConnectionEnd(ProviderException error, boolean retry) {}
