import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Adds up the reports that surefire and failsafe left in all modules, and ends with the line
 * {@code N passed, N failed, N skipped}. Run by the script {@code test}.
 *
 * <p>With the argument {@code --require-lab}, a test that was skipped for want of the Asterisk lab counts as failed.
 */
final class TestSummary {

    private final boolean requireLab;
    private int passed;
    private final List<String> failed = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    private TestSummary(boolean requireLab) {
        this.requireLab = requireLab;
    }

    public static void main(String[] args) throws Exception {
        TestSummary summary = new TestSummary(List.of(args).contains("--require-lab"));
        for (Path report : reports()) {
            summary.add(report);
        }
        summary.print();
        System.exit(summary.failed.isEmpty() && summary.passed > 0 ? 0 : 1);
    }

    private static List<Path> reports() throws IOException {
        try (Stream<Path> files = Files.find(Path.of("."), 4, (path, attributes) -> isReport(path))) {
            return files.sorted().toList();
        }
    }

    private static boolean isReport(Path path) {
        return path.getFileName().toString().matches("TEST-.*\\.xml")
                && path.getParent().toString().matches("\\./[^/]+/target/(surefire|failsafe)-reports");
    }

    private void add(Path report) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        NodeList cases = builder.parse(report.toFile()).getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            add((Element) cases.item(i));
        }
    }

    private void add(Element test) {
        String name = test.getAttribute("classname").replaceFirst(".*\\.", "") + "." + test.getAttribute("name");
        String broken = why(test, "failure") == null ? why(test, "error") : why(test, "failure");
        String why = why(test, "skipped");
        if (broken != null) {
            failed.add(name + ": " + broken);
        } else if (why == null) {
            passed++;
        } else if (requireLab && why.matches("(?is).*(asterisk|\\blab\\b).*")) {
            failed.add(name + ": skipped, but this run must have the Asterisk lab: " + why);
        } else {
            skipped.add(name + ": " + why);
        }
    }

    /** The message of a child element, its first line when it has no message, null when there is no such child. */
    private static String why(Element test, String child) {
        NodeList found = test.getElementsByTagName(child);
        if (found.getLength() == 0) {
            return null;
        }
        Element element = (Element) found.item(0);
        String message = element.getAttribute("message");
        return (message.isBlank() ? element.getTextContent() : message).strip().lines().findFirst().orElse("no reason given");
    }

    private void print() {
        System.out.println();
        if (!skipped.isEmpty()) {
            System.out.println("Skipped:");
            skipped.forEach(test -> System.out.println("  " + test));
        }
        if (!failed.isEmpty()) {
            System.out.println("Failed:");
            failed.forEach(test -> System.out.println("  " + test));
        }
        System.out.println(passed + " passed, " + failed.size() + " failed, " + skipped.size() + " skipped");
    }
}
