package io.patchcord.provider.local.dialogue;

import io.patchcord.agent.contract.ProviderContract;
import io.patchcord.agent.spi.Provider;

class ReceptionistProviderTest extends ProviderContract {

    @Override
    protected Provider provider() {
        return new ReceptionistProvider();
    }
}
