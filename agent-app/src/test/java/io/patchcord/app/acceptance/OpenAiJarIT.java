package io.patchcord.app.acceptance;

import io.patchcord.app.caller.TestSpeech;
import java.util.List;

/** {@code agent-app-openai.jar} at an Asterisk. */
class OpenAiJarIT extends ServiceContract {

    @Override
    String name() {
        return "openai";
    }

    @Override
    FakeService service(TestSpeech voice) {
        return new FakeService.OpenAi(voice);
    }

    @Override
    List<String> extensions() {
        return List.of("1002", "2022");
    }
}
