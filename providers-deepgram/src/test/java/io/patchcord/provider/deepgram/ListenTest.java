package io.patchcord.provider.deepgram;

import io.patchcord.provider.deepgram.testing.NothingLeft;
import io.patchcord.provider.socket.testing.FakeConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A recogniser that all is sent to as is published. */
abstract class ListenTest {

    static final String NOVA = ListenModel.NOVA.model;
    static final String FLUX = ListenModel.FLUX.model;

    @RegisterExtension
    final NothingLeft left = new NothingLeft(Ears.KEY);

    Ears ears;

    @AfterEach
    void allThatWasSent_isAsPublished() {
        ears.close();
        for (FakeConnection connection : ears.server.connections()) {
            boolean flux = connection.path().equals("/v2/listen");
            Published.check(flux ? ListenModel.FLUX.protocol : ListenModel.NOVA.protocol, connection);
        }
    }
}
