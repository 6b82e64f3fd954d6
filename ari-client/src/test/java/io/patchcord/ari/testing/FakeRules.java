package io.patchcord.ari.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the fake is told to do instead of the right thing. The first rule that matches counts. Thread-safe. */
final class FakeRules {

    /** No answer: the connection is broken. */
    static final FakeReply BREAK = new FakeReply(-1, "");

    /** No answer at all. */
    static final FakeReply STALL = new FakeReply(-2, "");

    private record Rule(String method, Pattern path, FakeReply reply, boolean once) {

        boolean matches(FakeRequest request) {
            return method.equals(request.method())
                    && path.matcher(request.path()).matches();
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    synchronized void add(String method, String pathPattern, FakeReply reply, boolean once) {
        rules.add(new Rule(method, Pattern.compile(pathPattern), reply, once));
    }

    synchronized void clear() {
        rules.clear();
    }

    synchronized Optional<FakeReply> replyFor(FakeRequest request) {
        Optional<Rule> match =
                rules.stream().filter(rule -> rule.matches(request)).findFirst();
        match.filter(Rule::once).ifPresent(rules::remove);
        return match.map(Rule::reply);
    }
}
