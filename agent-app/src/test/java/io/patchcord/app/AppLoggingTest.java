package io.patchcord.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchcord.app.AppLogging.Target;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class AppLoggingTest {

    private static final Logger OURS = LoggerFactory.getLogger("io.patchcord.Test");
    private static final Logger NETTY = LoggerFactory.getLogger("io.netty.Test");

    private final PrintStream realOut = System.out;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setOut(realOut);
        MDC.clear();
        AppLogging.configure("warn", "text", Target.ERR);
    }

    @Test
    void text_hasTheCallIfThereIsOne() {
        AppLogging.configure("info", "text", Target.OUT);

        OURS.info("no call");
        MDC.put("call_id", "c-1");
        OURS.info("a call");

        assertThat(lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(" INFO  Test: no call"),
                        line -> assertThat(line).endsWith(" INFO  [c-1] Test: a call"));
    }

    @Test
    void json_isOneObjectALine_withTheCall() throws Exception {
        AppLogging.configure("info", "json", Target.OUT);

        MDC.put("call_id", "c-1");
        OURS.info("said \"{}\"", "yes\nno");

        assertThat(lines()).hasSize(1);
        JsonNode line = new ObjectMapper().readTree(lines()[0]);
        assertThat(line.get("formattedMessage").asText()).isEqualTo("said \"yes\nno\"");
        assertThat(line.get("level").asText()).isEqualTo("INFO");
        assertThat(line.get("mdc").get("call_id").asText()).isEqualTo("c-1");
    }

    @Test
    void level_isForOurLoggers_librariesStayAtInfo() {
        AppLogging.configure("debug", "text", Target.OUT);

        OURS.debug("ours");
        NETTY.debug("theirs");
        NETTY.info("theirs, worth a line");

        assertThat(lines()).hasSize(2);
    }

    @Test
    void quietLevel_isForAll() {
        AppLogging.configure("error", "text", Target.OUT);

        OURS.warn("ours");
        NETTY.warn("theirs");

        assertThat(captured.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void connectionToAri_isToldByTheAgentAlone_unlessDetailsAreWanted() throws ClassNotFoundException {
        Logger socket = LoggerFactory.getLogger(Class.forName("io.patchcord.ari.EventsSocket"));

        AppLogging.configure("info", "text", Target.OUT);
        socket.error("told twice");
        AppLogging.configure("debug", "text", Target.OUT);
        socket.error("wanted");

        assertThat(lines()).hasSize(1);
        assertThat(lines()[0]).endsWith("wanted");
    }

    private String[] lines() {
        return captured.toString(StandardCharsets.UTF_8).split("\n");
    }
}
