package io.patchcord.examples;

import io.patchcord.agent.contract.ProviderContract;
import io.patchcord.agent.spi.Provider;

/** What holds for every provider. */
class ParrotProviderTest extends ProviderContract {

    @Override
    protected Provider provider() {
        return new ParrotProvider();
    }
}
