package io.patchcord.provider.local.vad;

import io.patchcord.agent.contract.ProviderContract;
import io.patchcord.agent.spi.Provider;

class SileroVadProviderTest extends ProviderContract {

    @Override
    protected Provider provider() {
        return new SileroVadProvider();
    }
}
