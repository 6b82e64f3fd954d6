package io.patchcord.openai.compatible;

import io.patchcord.agent.contract.LlmEngineContract;
import io.patchcord.agent.spi.LlmEngine;
import org.junit.jupiter.api.AfterAll;

class ChatCompletionsContractTest extends LlmEngineContract {

    private final FakeChatServer server = new FakeChatServer();

    @Override
    protected LlmEngine create() {
        return ChatCompletionsEngine.builder(server.uri(), "test").build();
    }

    @AfterAll
    void stopServer() {
        server.close();
    }
}
