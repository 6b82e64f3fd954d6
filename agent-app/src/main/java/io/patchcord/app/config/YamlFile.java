package io.patchcord.app.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads settings from YAML. The names are those of the environment in any case, and may be taken apart:
 * {@code asterisk: {ari-port: 8088}} is {@code ASTERISK_ARI_PORT}. A list stands for its items with commas between.
 */
final class YamlFile {

    private static final int DEEPEST = 6;

    private final String file;
    private final List<ConfigEntry> entries = new ArrayList<>();
    private final List<ConfigProblem> problems;

    private YamlFile(String file, List<ConfigProblem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The entries of the file; what cannot be understood goes to the problems. */
    static List<ConfigEntry> parse(String text, String file, List<ConfigProblem> problems) {
        YamlFile parsed = new YamlFile(file, problems);
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            parsed.read(new Yaml(new SafeConstructor(options)).compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            // The problem alone: the exception's snippet could show a secret.
            String line =
                    e.getProblemMark() == null ? "" : ":" + (e.getProblemMark().getLine() + 1);
            problems.add(new ConfigProblem("this line", Optional.empty(), file + line, "no YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            problems.add(new ConfigProblem("this file", Optional.empty(), file, "no YAML: " + e.getMessage()));
        }
        return parsed.entries;
    }

    private void read(Node root) {
        if (root instanceof MappingNode mapping) {
            read(mapping, "", 1);
        } else if (root != null && !root.getTag().equals(Tag.NULL)) {
            problem("this file", root, "write settings as name: value");
        }
    }

    private void read(MappingNode mapping, String prefix, int depth) {
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar)) {
                problem("this line", key, "write a name before the colon");
                continue;
            }
            String name =
                    prefix + scalar.getValue().strip().toUpperCase(Locale.ROOT).replaceAll("[-. ]", "_");
            read(name, tuple.getValueNode(), key, depth);
        }
    }

    private void read(String name, Node value, Node key, int depth) {
        if (value instanceof MappingNode mapping && depth < DEEPEST) {
            read(mapping, name + "_", depth + 1);
        } else if (value instanceof ScalarNode scalar) {
            entries.add(new ConfigEntry(name, value.getTag().equals(Tag.NULL) ? "" : scalar.getValue(), place(key)));
        } else if (value instanceof SequenceNode list
                && list.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
            String joined = list.getValue().stream()
                    .map(item -> ((ScalarNode) item).getValue())
                    .collect(Collectors.joining(","));
            entries.add(new ConfigEntry(name, joined, place(key)));
        } else {
            problem(name, value, "write a value, or a list of values");
        }
    }

    private void problem(String name, Node node, String remedy) {
        problems.add(new ConfigProblem(name, Optional.empty(), place(node), remedy));
    }

    private String place(Node node) {
        return file + ":" + (node.getStartMark().getLine() + 1);
    }
}
