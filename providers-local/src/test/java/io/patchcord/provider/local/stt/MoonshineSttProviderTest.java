package io.patchcord.provider.local.stt;

import io.patchcord.agent.contract.ProviderContract;
import io.patchcord.agent.spi.Provider;

class MoonshineSttProviderTest extends ProviderContract {

    @Override
    protected Provider provider() {
        return new MoonshineSttProvider();
    }
}
