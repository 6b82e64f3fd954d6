package io.patchcord.provider.local.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HouseFileTest {

    private static final String SMALL = "house: The Mill\ngreeting: The Mill, hello.\n";

    @Test
    void fileInTheJar_isGood() {
        House house = HouseFile.inJar();

        assertThat(house.greeting()).contains("automated assistant");
        assertThat(house.people().get(0).extension()).isEqualTo("7001");
        assertThat(house.hours().orElseThrow().sentence()).contains("open").contains("Monday");
    }

    @Test
    void smallFile_isCompletedByDefaults() {
        House house = HouseFile.parse(SMALL, "mill.yaml");

        assertThat(house.notUnderstood()).isNotEmpty();
        assertThat(house.giveUp()).isEqualTo(new House.GiveUp(Phrases.FAILURES, Phrases.GIVE_UP, ""));
        assertThat(house.hours()).isEmpty();
    }

    @Test
    void everythingWritten_isRead() {
        House house = HouseFile.parse(SMALL + """
                        topics:
                          - name: bread
                            phrases: [do you sell bread]
                            answer: Only on
                              Fridays.
                            key: 5
                        people:
                          - {name: the miller, synonyms: boss, extension: "internal,600,1", key: "*"}
                        not-understood: Pardon?
                        give-up: {after: 1, say: I give up., extension: 601}
                        """, "mill.yaml");

        assertThat(house.topics())
                .containsExactly(
                        new Topic("bread", List.of("do you sell bread"), "Only on Fridays.", Optional.of('5')));
        assertThat(house.people())
                .containsExactly(new Person("the miller", List.of("boss"), "internal,600,1", Optional.of('*')));
        assertThat(house.notUnderstood()).containsExactly("Pardon?");
        assertThat(house.giveUp()).isEqualTo(new House.GiveUp(1, "I give up.", "601"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour: blue | mill.yaml:3: unknown key 'colour' in the file: write one of house, greeting,",
                "house: again | mill.yaml:3: 'house' stands twice in the file: keep one of them",
                "topics: bread | mill.yaml:3: 'topics' in the file is no list: begin each entry with a dash",
                "topics: [{name: a, phrases: [b], answer: c, extra: d}] | mill.yaml:3: unknown key 'extra' in a topic",
                "topics: [{name: a, answer: c}] | mill.yaml:3: no 'phrases' in a topic: write how callers ask",
                "topics: [{name: a, phrases: [b], answer: ''}] | mill.yaml:3: 'answer' in a topic is empty",
                "topics: [{name: a, phrases: [[b]], answer: c}] | mill.yaml:3: an entry of 'phrases' in a topic is no text",
                "topics: [{name: a, phrases: [b], answer: c, key: 12}] | mill.yaml:3: '12' is no key: write one key",
                "topics: [bread] | mill.yaml:3: a topic is no table: write lines of the form key: value",
                "people: [{name: a}] | mill.yaml:3: no 'extension' in a person: write the extension to dial",
                "people: [{name: a, extension: '6 0'}] | mill.yaml:3: '6 0' is no extension: write the extension to dial",
                "people: [{name: a, extension: 1, key: 1}, {name: b, extension: 2, key: 1}] | mill.yaml:3: key 1 is taken by line 3: choose another key",
                "hours: {caturday: closed} | mill.yaml:3: unknown day 'caturday' in hours: write a day such as monday",
                "hours: {monday: late} | mill.yaml:3: 'late' are no opening hours: write times such as 9:00-17:30",
                "hours: {monday: 9:00-25:00} | mill.yaml:3: '9:00-25:00' has a time that no clock shows",
                "hours: {monday: 17:00-9:00} | mill.yaml:3: opening hours that end before they begin",
                "hours: {monday to friday: closed, tue: closed} | mill.yaml:3: the hours of Tuesday stand twice",
                "hours: {timezone: Mars/Base} | mill.yaml:3: 'Mars/Base' is no time zone: write one such as Europe/London",
                "give-up: {after: 0, extension: 1} | mill.yaml:3: give-up after '0' failures: write a whole number from 1 to 10",
                "not-understood: [ | mill.yaml:4: no YAML",
            })
    void mistake_isToldWithItsLineAndWhatToWrite(String line, String told) {
        assertThatThrownBy(() -> HouseFile.parse(SMALL + line + "\n", "mill.yaml"))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.kind()).isEqualTo(ProviderException.Kind.CONFIGURATION))
                .hasMessageContaining(told);
    }

    @Test
    void allMistakes_areToldAtOnce_inTheirOrder() {
        String text = "greting: Hello\nhours: {monday: x}\ngive-up: {after: many}\n";

        assertThatThrownBy(() -> HouseFile.parse(text, "mill.yaml"))
                .hasMessageContainingAll(
                        "mill.yaml:1: no 'house'", "mill.yaml:1: no 'greeting'", "mill.yaml:1: unknown key")
                .message()
                .satisfies(message -> assertThat(message.lines().skip(1))
                        .isSortedAccordingTo((a, b) -> a.substring(0, 11).compareTo(b.substring(0, 11)))
                        .hasSize(6));
    }

    @Test
    void emptyFile_isRefused() {
        assertThatThrownBy(() -> HouseFile.parse("", "mill.yaml"))
                .hasMessageContaining("mill.yaml:1: the file is empty");
    }

    @Test
    void missingFile_isNamedWithTheSetting(@TempDir Path folder) {
        String missing = folder.resolve("missing.yaml").toString();

        assertThatThrownBy(() ->
                        new ReceptionistProvider().create(ProviderConfig.of(Map.of("RECEPTIONIST_FILE", missing))))
                .hasMessageContaining("RECEPTIONIST_FILE=" + missing);
    }

    @Test
    void fileOfTheSetting_isUsed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mill.yaml"), SMALL);

        assertThat(HouseFile.read(file.toString()).name()).isEqualTo("The Mill");
    }
}
