package io.patchcord.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The package rules of docs/design.md, section 1. */
@AnalyzeClasses(packages = "io.patchcord.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String AGENT = "io.patchcord.agent";

    @ArchTest
    static final ArchRule only_the_edge_knows_asterisk_and_the_network = noClasses()
            .that()
            .resideOutsideOfPackage(AGENT + ".asterisk..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty..", "okhttp3..", "com.fasterxml..", "io.patchcord.ari..", "io.patchcord.audiosocket..");

    @ArchTest
    static final ArchRule nothing_depends_on_the_edge = noClasses()
            .that()
            .resideOutsideOfPackage(AGENT + ".asterisk..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(AGENT + ".asterisk..");

    @ArchTest
    static final ArchRule the_loop_is_plain_java = onlyJavaAnd("loop");

    @ArchTest
    static final ArchRule media_knows_the_loop_alone = onlyJavaAnd("media", "loop");

    @ArchTest
    static final ArchRule turns_know_media_and_the_loop_alone = onlyJavaAnd("turn", "media", "loop");

    @ArchTest
    static final ArchRule a_provider_sees_media_and_the_loop_alone = onlyJavaAnd("spi", "media", "loop");

    @ArchTest
    static final ArchRule text_is_plain_java = onlyJavaAnd("pipeline.text");

    @ArchTest
    static final ArchRule standing_in_knows_no_cascade = onlyJavaAnd("pipeline.standby", "spi", "loop", "media");

    @ArchTest
    static final ArchRule a_voice_knows_no_cascade =
            onlyJavaAnd("pipeline.voice", "pipeline.text", "pipeline.standby", "spi", "media", "loop");

    @ArchTest
    static final ArchRule a_cascade_knows_no_call = onlyJavaAnd(
            "pipeline", "pipeline.text", "pipeline.standby", "pipeline.voice", "spi", "turn", "media", "loop");

    @ArchTest
    static final ArchRule tools_know_the_spi_alone = onlyJavaAnd("tool", "spi");

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            SlicesRuleDefinition.slices().matching(AGENT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobody_sleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    private static ArchRule onlyJavaAnd(String own, String... others) {
        String[] allowed = new String[others.length + 4];
        allowed[0] = AGENT + "." + own;
        allowed[1] = "java..";
        allowed[2] = "org.slf4j..";
        allowed[3] = "org.jspecify..";
        for (int i = 0; i < others.length; i++) {
            allowed[4 + i] = AGENT + "." + others[i];
        }
        return classes()
                .that()
                .resideInAPackage(AGENT + "." + own)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }
}
