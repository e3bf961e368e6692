package dev.berth.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shape of the house, checked against the compiled program and the sources. */
class ArchitectureTest {
    private static final Path ROOT = Path.of("../..");
    private static final String[] FEATURES = {
        "dev.berth.hash..", "dev.berth.store..", "dev.berth.catalog..", "dev.berth.trust..",
        "dev.berth.operations..", "dev.berth.fetch..", "dev.berth.intake..", "dev.berth.expire..", "dev.berth.refresh..",
        "dev.berth.mirror..",
        "dev.berth.serve.."
    };
    private static final String[] FACES = {
        "dev.berth.serve.lxd..", "dev.berth.serve.berth..", "dev.berth.serve.streams..", "dev.berth.serve.direct..",
        "dev.berth.serve.download..", "dev.berth.serve.mirror..", "dev.berth.serve.ops.."
    };
    private static final List<String> SINGLE_THREADED = List.of("Verticle", "Routes", "Face");

    private static JavaClasses program;

    @BeforeAll
    static void read_the_program() {
        program = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.berth");
    }

    @Test
    void features_never_import_features() {
        for (String feature : FEATURES) {
            String[] others = Stream.of(FEATURES).filter(each -> !each.equals(feature)).toArray(String[]::new);
            check(noClasses().that().resideInAPackage(feature).should().dependOnClassesThat().resideInAnyPackage(others));
        }
    }

    @Test
    void nobody_imports_the_program() {
        check(noClasses().that().resideOutsideOfPackage("dev.berth.app..")
                .should().dependOnClassesThat().resideInAPackage("dev.berth.app.."));
    }

    @Test
    void the_kit_knows_no_feature() {
        check(noClasses().that().resideInAPackage("dev.berth.kit..")
                .should().dependOnClassesThat().resideInAnyPackage(FEATURES));
    }

    @Test
    void codecs_know_sockets_and_threads_in_the_wire_package_only() {
        check(noClasses().that().resideInAnyPackage(
                        "dev.berth.image..", "dev.berth.contract..", "dev.berth.format..", "dev.berth.lxd..",
                        "dev.berth.simplestreams..", "dev.berth.vcdiff..")
                .should().dependOnClassesThat().resideInAnyPackage("io.vertx..", "io.netty..", "dev.berth.wire.."));
    }

    @Test
    void the_vocabulary_needs_the_JDK_only() {
        check(classes().that().resideInAPackage("dev.berth.image..")
                .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "dev.berth.image.."));
    }

    @Test
    void settings_and_rules_need_no_event_loop() {
        check(noClasses().that().haveSimpleNameEndingWith("Conf").or().haveSimpleNameEndingWith("Rules")
                .or().haveSimpleNameEndingWith("Policy").or().haveSimpleNameEndingWith("Plan")
                .should().dependOnClassesThat().resideInAnyPackage("io.vertx..", "io.netty.."));
    }

    @Test
    void faces_know_the_edge_and_no_other_face() {
        check(noClasses().that().resideInAPackage("dev.berth.serve.edge..")
                .should().dependOnClassesThat().resideInAnyPackage(FACES));
        for (String face : FACES) {
            String[] others = Stream.of(FACES).filter(each -> !each.equals(face)).toArray(String[]::new);
            check(noClasses().that().resideInAPackage(face).should().dependOnClassesThat().resideInAnyPackage(others));
        }
    }

    @Test
    void packages_form_no_circles_across_modules() {
        check(slices().matching("dev.berth.(*)..").should().beFreeOfCycles());
    }

    @Test
    void nothing_sleeps_in_the_program() {
        check(noClasses().should().callMethod(Thread.class, "sleep", long.class));
    }

    @Test
    void every_package_says_what_it_is() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            Set<Path> packages = files
                    .filter(file -> file.toString().contains("/src/main/java/") && file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .collect(Collectors.toSet());

            assertThat(packages).isNotEmpty().allSatisfy(each -> assertThat(each.resolve("package-info.java")).exists());
        }
    }

    @Test
    void classes_that_run_on_event_loops_are_final() {
        List<String> open = program.stream()
                .filter(each -> SINGLE_THREADED.stream().anyMatch(each.getSimpleName()::endsWith))
                .filter(each -> !each.isInterface() && !each.getModifiers().contains(
                        JavaModifier.FINAL))
                .map(JavaClass::getName)
                .toList();

        assertThat(open).isEmpty();
    }

    /** A rule about classes that are not there fails: a package has been renamed. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(program);
    }
}
