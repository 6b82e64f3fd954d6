package io.patchcord.provider.local.dialogue;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.provider.local.onnx.OnnxModel;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the receptionist's YAML file, and tells all that is wrong in it at once. Confined to one thread. */
final class HouseFile {

    private static final String THE_FILE = "the file";
    private static final String EXTENSION_REMEDY =
            "write the extension to dial, such as 7001, or context,extension,priority";
    private static final String KEY_REMEDY = "write one key of the telephone: 0 to 9, * or #";
    /** What the transfer tool takes. */
    private static final Pattern EXTENSION = Pattern.compile("[A-Za-z0-9_*#+.-]+(,[A-Za-z0-9_*#+.-]+(,[0-9]{1,4})?)?");

    private final FileProblems problems;
    private final Map<Character, Node> keysInUse = new HashMap<>();

    private HouseFile(FileProblems problems) {
        this.problems = problems;
    }

    /** The house of the file that lies in the jar. */
    static House inJar() {
        String text = new String(OnnxModel.read(HouseFile.class, "receptionist.yaml"), StandardCharsets.UTF_8);
        return parse(text, "receptionist.yaml in the jar");
    }

    /**
     * Reads the file.
     *
     * @throws ProviderException of kind CONFIGURATION that names every line that is wrong
     */
    static House read(String file) {
        try {
            return parse(Files.readString(Path.of(file)), file);
        } catch (IOException | InvalidPathException e) {
            throw new ProviderException(
                    ProviderException.Kind.CONFIGURATION,
                    "RECEPTIONIST_FILE=" + file + " cannot be read (" + e
                            + "): write the path of a YAML file in UTF-8, or leave the setting out",
                    e);
        }
    }

    static House parse(String text, String file) {
        FileProblems problems = new FileProblems(file);
        try {
            LoaderOptions options = new LoaderOptions();
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (root == null) {
                problems.add(1, THE_FILE + " is empty", "begin with house: and the name of the house");
            } else {
                House house = new HouseFile(problems).house(YamlMap.of(root, THE_FILE, problems));
                problems.refuse();
                return house;
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(
                    line, "no YAML, " + e.getProblem(), "mind colons, dashes and indentation; put quotes around text");
        } catch (YAMLException e) {
            problems.add(1, "no YAML, " + e.getMessage(), "write plain text in UTF-8");
        }
        problems.refuse();
        throw new AssertionError("a problem was noted");
    }

    private House house(YamlMap file) {
        file.only("house", "greeting", "hours", "topics", "people", "not-understood", "give-up");
        String name = file.text("house", "write the name of the house");
        String greeting = file.text("greeting", "write the sentence to answer the telephone with");
        Optional<OpeningHours> hours = file.node("hours").map(node -> HoursTable.read(node, problems));
        List<Person> people = people(file);
        return new House(name, greeting, hours, topics(file), people, notUnderstood(file), giveUp(file, people));
    }

    private List<Topic> topics(YamlMap file) {
        List<Topic> topics = new ArrayList<>();
        for (YamlMap entry : file.tables("topics", "a topic")) {
            entry.only("name", "phrases", "answer", "key");
            topics.add(new Topic(
                    entry.text("name", "write what it is about, such as our address"),
                    phrases(entry),
                    entry.text("answer", "write what callers are told"),
                    key(entry)));
        }
        return topics;
    }

    private List<String> phrases(YamlMap entry) {
        String remedy = "write how callers ask, five to ten phrases, such as [where are you, what is your address]";
        List<String> phrases = entry.texts("phrases", remedy);
        if (phrases.isEmpty()) {
            problems.add(entry.key("phrases"), "no 'phrases' in a topic", remedy);
        }
        return phrases;
    }

    private List<Person> people(YamlMap file) {
        List<Person> people = new ArrayList<>();
        for (YamlMap entry : file.tables("people", "a person")) {
            entry.only("name", "synonyms", "extension", "key");
            people.add(new Person(
                    entry.text("name", "write whom callers are put through to, such as the workshop"),
                    entry.texts("synonyms", "write what callers say instead, such as [repairs, service]"),
                    extension(entry),
                    key(entry)));
        }
        return people;
    }

    private List<String> notUnderstood(YamlMap file) {
        List<String> sentences = file.texts("not-understood", "write a sentence that asks to say it another way");
        return sentences.isEmpty() ? Phrases.NOT_UNDERSTOOD : sentences;
    }

    private House.GiveUp giveUp(YamlMap file, List<Person> people) {
        Optional<Node> node = file.node("give-up");
        if (node.isEmpty()) {
            return new House.GiveUp(
                    Phrases.FAILURES,
                    Phrases.GIVE_UP,
                    people.isEmpty() ? "" : people.get(0).extension());
        }
        YamlMap table = YamlMap.of(node.get(), "give-up", problems).only("after", "say", "extension");
        return new House.GiveUp(
                after(table),
                table.optional("say", "write what is said before the transfer").orElse(Phrases.GIVE_UP),
                extension(table));
    }

    private int after(YamlMap table) {
        String remedy = "write a whole number from 1 to 10";
        String text = table.optional("after", remedy).orElse(String.valueOf(Phrases.FAILURES));
        if (text.matches("[1-9]|10")) {
            return Integer.parseInt(text);
        }
        if (!text.isEmpty()) {
            problems.add(table.key("after"), "give-up after '" + text + "' failures", remedy);
        }
        return Phrases.FAILURES;
    }

    private String extension(YamlMap table) {
        String text = table.text("extension", EXTENSION_REMEDY);
        if (!text.isEmpty() && !EXTENSION.matcher(text).matches()) {
            problems.add(table.key("extension"), "'" + text + "' is no extension", EXTENSION_REMEDY);
        }
        return text;
    }

    private Optional<Character> key(YamlMap table) {
        String text = table.optional("key", KEY_REMEDY).orElse("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Node where = table.key("key");
        if (!text.matches("[0-9*#]")) {
            problems.add(where, "'" + text + "' is no key", KEY_REMEDY);
            return Optional.empty();
        }
        Node other = keysInUse.putIfAbsent(text.charAt(0), where);
        if (other != null) {
            int line = other.getStartMark().getLine() + 1;
            problems.add(where, "key " + text + " is taken by line " + line, "choose another key");
        }
        return Optional.of(text.charAt(0));
    }
}
