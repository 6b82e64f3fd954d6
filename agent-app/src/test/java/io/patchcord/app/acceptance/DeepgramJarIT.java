package io.patchcord.app.acceptance;

import io.patchcord.app.caller.TestSpeech;
import java.util.List;

/** {@code agent-app-deepgram.jar} at an Asterisk. */
class DeepgramJarIT extends ServiceContract {

    @Override
    String name() {
        return "deepgram";
    }

    @Override
    FakeService service(TestSpeech voice) {
        return new FakeService.Deepgram(voice);
    }

    @Override
    List<String> extensions() {
        return List.of("1001", "2021");
    }
}
