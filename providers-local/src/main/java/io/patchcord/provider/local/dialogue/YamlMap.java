package io.patchcord.provider.local.dialogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping in a YAML file, whose keys are asked for one by one; what is wrong goes to the problems, and something that can
 * be worked with is given back. Confined to one thread.
 */
final class YamlMap {

    private final Node place;
    private final String name;
    private final FileProblems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();

    /**
     * @param name what the mapping is, for messages
     */
    private YamlMap(Node place, String name, FileProblems problems) {
        this.place = place;
        this.name = name;
        this.problems = problems;
    }

    /** Takes the node for a mapping. */
    static YamlMap of(Node node, String name, FileProblems problems) {
        YamlMap map = new YamlMap(node, name, problems);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(map::add);
        } else {
            problems.add(node, name + " is no table", "write lines of the form key: value below it, indented");
        }
        return map;
    }

    private void add(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(tuple.getKeyNode(), "no key in " + name, "write a word before the colon");
            return;
        }
        if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
            problems.add(key, "'" + key.getValue() + "' stands twice in " + name, "keep one of them");
        }
        keys.putIfAbsent(key.getValue(), key);
    }

    /** Refuses every key but these. */
    YamlMap only(String... known) {
        keys.forEach((key, node) -> {
            if (!List.of(known).contains(key)) {
                problems.add(
                        node,
                        "unknown key '" + key + "' in " + name,
                        "write one of " + String.join(", ", known) + ", or take it out");
            }
        });
        return this;
    }

    Map<String, Node> entries() {
        return values;
    }

    Node key(String key) {
        return keys.getOrDefault(key, place);
    }

    Optional<Node> node(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** A text that must be there. */
    String text(String key, String remedy) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            problems.add(place, "no '" + key + "' in " + name, remedy);
            return "";
        }
        return scalar(node.get(), "'" + key + "' in " + name, remedy);
    }

    /** A text that may be missing. */
    Optional<String> optional(String key, String remedy) {
        return node(key).map(node -> scalar(node, "'" + key + "' in " + name, remedy));
    }

    /** Texts, or one of them; there may be none if the key is missing. */
    List<String> texts(String key, String remedy) {
        return node(key).map(node -> texts(node, key, remedy)).orElse(List.of());
    }

    private List<String> texts(Node node, String key, String remedy) {
        String what = "'" + key + "' in " + name;
        if (!(node instanceof SequenceNode list)) {
            return List.of(scalar(node, what, remedy));
        }
        List<String> texts = new ArrayList<>();
        list.getValue().forEach(item -> texts.add(scalar(item, "an entry of " + what, remedy)));
        return texts;
    }

    /** Tables, one below the other with dashes; none if the key is missing. */
    List<YamlMap> tables(String key, String entry) {
        Optional<Node> node = node(key);
        if (node.isPresent() && node.get() instanceof SequenceNode list) {
            return list.getValue().stream()
                    .map(item -> of(item, entry, problems))
                    .toList();
        }
        node.ifPresent(other -> problems.add(
                other,
                "'" + key + "' in " + name + " is no list",
                "begin each entry with a dash, such as - name: ..."));
        return List.of();
    }

    private String scalar(Node node, String what, String remedy) {
        if (!(node instanceof ScalarNode scalar) || node.getTag().equals(Tag.NULL)) {
            problems.add(node, what + (node instanceof ScalarNode ? " is empty" : " is no text"), remedy);
            return "";
        }
        String text = scalar.getValue().strip().replaceAll("\\s+", " ");
        if (text.isEmpty()) {
            problems.add(node, what + " is empty", remedy);
        }
        return text;
    }
}
