package io.patchcord.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchcord.app.caller.TestSpeech;
import io.patchcord.ari.lab.AsteriskLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** People's voices, in the telephone band, through a real Asterisk 22: what they ask for is what they hear. */
class HumanSpeechIT {

    private static final String CLIPS = "shared/speech/tel8k";

    private static Path clips;
    private static AsteriskLab lab;
    private static TestSpeech speech;
    private static AgentProcess agent;

    @BeforeAll
    static void start() {
        clips = clips();
        lab = AsteriskLab.start(22);
        speech = new TestSpeech();
        String house = Path.of("src/test/resources/io/patchcord/app/acceptance/house-of-people.yaml")
                .toAbsolutePath()
                .toString();
        agent = AgentProcess.start(lab, "asterisk-ai-voice-agent", Map.of("RECEPTIONIST_FILE", house));
    }

    private static Path clips() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(CLIPS))) {
                return at.resolve(CLIPS);
            }
        }
        assumeTrue(false, "skipped: there is no " + CLIPS + " beside the repository");
        throw new IllegalStateException();
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable part : new AutoCloseable[] {agent, speech, lab}) {
            close(part);
        }
    }

    private static void close(AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** One of them may be misunderstood: the recognition takes about one word in fifteen for another. */
    @Test
    void peopleAsk_hearTheAnswersToThat() {
        Map<String, String> answers = Map.of(
                "sb_spk1_snt1", "veterinarian",
                "sb_spk1_snt5", "breakfast",
                "sb_spk2_snt3", "paper",
                "sb_spk2_snt5", "fence",
                "goforward", "in front of me");

        Map<String, String> heard = new TreeMap<>();
        answers.keySet().forEach(clip -> heard.put(clip, ask(clip)));

        assertThat(heard.entrySet())
                .filteredOn(entry -> entry.getValue().contains(answers.get(entry.getKey())))
                .as("answered rightly, of %s", heard)
                .hasSizeGreaterThanOrEqualTo(answers.size() - 1);
    }

    private static String ask(String clip) {
        Path heard = lab.call(
                "2023",
                "--hear",
                "700",
                "--say",
                clips.resolve(clip + ".wav").toString(),
                "--hear",
                "1000",
                "--bye",
                "--seconds",
                "40");
        return speech.read(heard).toLowerCase(Locale.ROOT);
    }
}
