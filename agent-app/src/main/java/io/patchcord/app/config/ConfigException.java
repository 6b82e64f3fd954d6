package io.patchcord.app.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot work. Its message names every problem, each with its place and what to do; no secret is in it. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    public ConfigException(List<ConfigProblem> problems) {
        super(describe(problems));
        this.problems = List.copyOf(problems);
    }

    public List<ConfigProblem> problems() {
        return problems;
    }

    private static String describe(List<ConfigProblem> problems) {
        String head = problems.size() == 1
                ? "The configuration has a mistake:"
                : "The configuration has " + problems.size() + " mistakes:";
        return problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining("", head, ""));
    }
}
