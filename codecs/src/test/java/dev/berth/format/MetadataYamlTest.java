package dev.berth.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.image.Architecture;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What metadata.yaml means, by the numbered facts of the format contract. */
final class MetadataYamlTest {
    private static final String HEAD = "architecture: x86_64\ncreation_date: 1787298120\n";

    @Test
    @DisplayName("formats fact 17: an empty file is answered EOF")
    void an_empty_file_is_answered_eof() {
        assertThat(refusal("")).isEqualTo("EOF");
        assertThat(refusal("# nothing\n")).isEqualTo("EOF");
    }

    @Test
    @DisplayName("formats fact 17: a list at the top is refused")
    void a_list_at_the_top_is_refused() {
        assertThat(refusal("- architecture: x86_64\n"))
                .isEqualTo("yaml: unmarshal errors:\n  line 1: cannot unmarshal !!seq into api.ImageMetadata");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "creation_date: 0", "creation_date:", "creation_date: ~", "creation_date: 0.9"})
    @DisplayName("formats fact 18: a creation date is needed")
    void a_creation_date_is_needed(String line) {
        assertThat(refusal("architecture: x86_64\n" + line)).isEqualTo("Missing creation date");
    }

    @ParameterizedTest
    @CsvSource({
        "1787298120, 1787298120", "1787298120.9, 1787298120", "1.5e3, 1500", "-5, -5", "-1.9, -1", "0x10, 16", "010, 8", "0o10, 8",
        "0b101, 5", "1_000, 1000", "+7, 7", "0X1F, 31", "08, 8"
    })
    @DisplayName("formats fact 19: whole, fractional and negative creation dates are taken, as YAML 1.1 writes numbers")
    void creation_dates_are_numbers(String written, long seconds) throws Exception {
        Metadata metadata = parse("architecture: x86_64\ncreation_date: " + written);

        assertThat(metadata.createdAt()).isEqualTo(Instant.ofEpochSecond(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1787298120\"", "'5'", "2026-08-21", "2026-08-21T07:42:00Z", "yesterday", "true", ".inf", ".nan",
        "9223372036854775808", "[5]", "{a: 5}", "!!str 5x", "|\n  5"})
    @DisplayName("formats fact 19: texts, dates and the like are no creation dates")
    void other_creation_dates_are_refused(String written) {
        assertThat(refusal("architecture: x86_64\ncreation_date: " + written))
                .startsWith("yaml: unmarshal errors:\n  line 2: cannot unmarshal !!").endsWith(" into int64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "-9223372036854775808", "1e18", "300000000000"})
    void dates_no_client_can_read_are_refused(String written) {
        assertThat(refusal("architecture: x86_64\ncreation_date: " + written)).contains("years 0 to 9999");
    }

    @Test
    @DisplayName("formats fact 20: an architecture is needed")
    void an_architecture_is_needed() {
        assertThat(refusal("creation_date: 5")).startsWith("Architecture isn't supported: ");
        assertThat(refusal("architecture:\ncreation_date: 5")).startsWith("Architecture isn't supported: ");
    }

    @ParameterizedTest
    @CsvSource({"amd64, X86_64", "arm64, AARCH64", "386, I686", "armhf, ARMV7L", "ppc64el, PPC64LE", "s390x, S390X", "loong64, LOONGARCH64"})
    @DisplayName("formats fact 21: an alias of an architecture becomes its canonical name")
    void architecture_aliases_become_canonical(String written, Architecture architecture) throws Exception {
        assertThat(parse("architecture: " + written + "\ncreation_date: 5").architecture()).isEqualTo(architecture);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AMD64", "X86_64", "vax", "x86-64"})
    @DisplayName("formats fact 22: unknown architectures are refused, and case matters")
    void unknown_architectures_are_refused(String written) {
        assertThat(refusal("architecture: " + written + "\ncreation_date: 5")).isEqualTo("Architecture isn't supported: " + written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.22", "3.10", "0x10", "010", "true", "yes", "2026-08-21", "1_000", "1e3", "0.0", ".5", "-0", "12:30:45", "=", "+1"})
    @DisplayName("formats fact 23: properties keep their source text")
    void properties_keep_their_source_text(String written) throws Exception {
        assertThat(parse(HEAD + "properties: {plain: " + written + ", quoted: \"" + written + "\"}").properties())
                .containsEntry("plain", written).containsEntry("quoted", written);
    }

    @Test
    @DisplayName("formats fact 23: keys keep their source text, too")
    void keys_keep_their_source_text() throws Exception {
        assertThat(parse(HEAD + "properties: {9: nine, true: yes, 3.10: v}").properties())
                .containsExactly(Map.entry("9", "nine"), Map.entry("true", "yes"), Map.entry("3.10", "v"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "~", "", "Null", "NULL"})
    @DisplayName("formats fact 24: a null property is an empty text, null properties are none")
    void nulls_are_empty(String written) throws Exception {
        assertThat(parse(HEAD + "properties:\n  os: " + written + "\n").properties()).containsEntry("os", "");
        assertThat(parse(HEAD + "properties: " + written + "\n").properties()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'[a, b]', seq", "'{a: b}', map"})
    @DisplayName("formats fact 25: a list or map is no property")
    void nested_properties_are_refused(String written, String kind) {
        assertThat(refusal(HEAD + "properties:\n  os: " + written))
                .isEqualTo("yaml: unmarshal errors:\n  line 4: cannot unmarshal !!" + kind + " into string");
    }

    @Test
    @DisplayName("formats fact 26: unknown keys are ignored")
    void unknown_keys_are_ignored() throws Exception {
        assertThat(parse(HEAD + "future: [1, {x: y}]\n").architecture())
                .isEqualTo(Architecture.X86_64);
    }

    @Test
    @DisplayName("formats fact 27: JSON is valid")
    void json_is_valid() throws Exception {
        Metadata metadata = parse("{\"architecture\":\"amd64\",\"creation_date\":5,\"properties\":{\"os\":\"A \\u00e9\",\"n\":1.10},"
                + "\"templates\":{\"/x\":{\"when\":[\"create\"],\"template\":\"x.tpl\",\"create_only\":true}}}");

        assertThat(metadata.properties()).containsExactly(Map.entry("os", "A é"), Map.entry("n", "1.10"));
        assertThat(metadata.templates().get("/x").createOnly()).isTrue();
    }

    @Test
    @DisplayName("formats fact 28: only the first document counts")
    void only_the_first_document_counts() throws Exception {
        assertThat(parse("---\n" + HEAD + "---\narchitecture: vax\n").architecture()).isEqualTo(Architecture.X86_64);
        assertThat(parse(HEAD + "...\n---\n[unclosed").architecture()).isEqualTo(Architecture.X86_64);
    }

    @Test
    @DisplayName("formats fact 29: one byte above 1 MiB is refused")
    void one_byte_above_the_cap_is_refused() {
        assertThat(refusal(HEAD + "#" + "x".repeat(1 << 20))).startsWith("yaml: input error: metadata.yaml has ");
    }

    @Test
    @DisplayName("formats fact 31: expiry_date is the end, its absence means never")
    void an_expiry_date_is_the_end() throws Exception {
        assertThat(parse(HEAD + "expiry_date: 1789890120").expiresAt()).isEqualTo(Instant.ofEpochSecond(1789890120));
        assertThat(parse(HEAD).expiresAt()).isEqualTo(Instant.EPOCH);
        assertThat(parse(HEAD + "expiry_date: -3").expiresAt()).isEqualTo(Instant.ofEpochSecond(-3));
    }

    @Test
    @DisplayName("formats fact 32: when must be a list, its words may be unknown")
    void when_is_a_list() throws Exception {
        assertThat(refusal(HEAD + "templates: {/x: {when: create}}"))
                .isEqualTo("yaml: unmarshal errors:\n  line 3: cannot unmarshal !!str `create` into []string");
        assertThat(parse(HEAD + "templates: {/x: {when: [create, boot, 5]}}").templates().get("/x").when())
                .isEqualTo(List.of("create", "boot", "5"));
    }

    @Test
    @DisplayName("formats 1.4: a whole rule, with what only Incus knows")
    void a_whole_rule_is_read() throws Exception {
        TemplateRule rule = parse(HEAD + """
                templates:
                  /usr/local/sbin/first-boot:
                    when: [create, rename]
                    template: first-boot.tpl
                    create_only: true
                    properties: {default: "a\\nb", n: 010}
                    uid: "0"
                    gid: 100
                    mode: 0755
                """).templates().get("/usr/local/sbin/first-boot");

        assertThat(rule).isEqualTo(new TemplateRule(
                List.of("create", "rename"), "first-boot.tpl", true, Map.of("default", "a\nb", "n", "010"), "0", "100", "0755"));
    }

    @Test
    @DisplayName("formats 1.4: a null rule is legal")
    void a_null_rule_is_legal() throws Exception {
        assertThat(parse(HEAD + "templates:\n  /x:\n  /y: ~\n").templates())
                .containsExactly(Map.entry("/x", TemplateRule.EMPTY), Map.entry("/y", TemplateRule.EMPTY));
        assertThat(parse(HEAD + "templates:\n").templates()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"yes, true", "Y, true", "on, true", "TRUE, true", "no, false", "n, false", "Off, false", "false, false", "~, false"})
    @DisplayName("formats 1.4: booleans are those of YAML 1.1")
    void booleans_are_those_of_yaml_1_1(String written, boolean meant) throws Exception {
        assertThat(parse(HEAD + "templates: {/x: {create_only: " + written + "}}").templates().get("/x").createOnly())
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'yes'", "1", "maybe", "[true]", "yEs"})
    void other_words_are_no_booleans(String written) {
        assertThat(refusal(HEAD + "templates: {/x: {create_only: " + written + "}}")).endsWith(" into bool");
    }

    @Test
    @DisplayName("formats 1.4: of equal keys the last wins, as in LXD")
    void the_last_of_equal_keys_wins() throws Exception {
        Metadata metadata = parse(HEAD + "architecture: s390x\nproperties: {os: a, os: b}\n");

        assertThat(metadata.architecture()).isEqualTo(Architecture.S390X);
        assertThat(metadata.properties()).containsExactly(Map.entry("os", "b"));
    }

    @Test
    void anchors_and_merges_are_understood() throws Exception {
        Metadata metadata = parse(HEAD + """
                base: &base {when: [create], template: a.tpl}
                templates:
                  /a: *base
                  /b: {<<: *base, template: b.tpl}
                  /c: {<<: [{template: first.tpl}, *base]}
                """);

        assertThat(metadata.templates().get("/a").template()).isEqualTo("a.tpl");
        assertThat(metadata.templates().get("/b").template()).isEqualTo("b.tpl");
        assertThat(metadata.templates().get("/b").when()).containsExactly("create");
        assertThat(metadata.templates().get("/c").template()).isEqualTo("first.tpl");
    }

    @Test
    void syntax_errors_name_their_line() {
        assertThat(refusal(HEAD + "properties:\n\tos: x\n")).startsWith("yaml: line 4: ");
        assertThat(refusal("architecture: [")).startsWith("yaml: line ");
        assertThat(refusal("architecture: 'x")).startsWith("yaml: line ");
        assertThat(refusal("just words")).isEqualTo(
                "yaml: unmarshal errors:\n  line 1: cannot unmarshal !!str `just words` into api.ImageMetadata");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "a/../../x", "..", "\"a\\0b\""})
    @DisplayName("reliability S14: a template outside templates/ is refused with its rule")
    void a_template_outside_is_refused(String name) {
        assertThat(refusal(HEAD + "templates: {/etc/motd: {template: " + name + "}}"))
                .startsWith("template rule \"/etc/motd\": template must name a file below templates/");
    }

    private static Metadata parse(String yaml) throws FormatException {
        return MetadataYaml.parse(yaml.getBytes(StandardCharsets.UTF_8), InspectLimits.DEFAULTS);
    }

    private static String refusal(String yaml) {
        return catchThrowableOfType(FormatException.class, () -> parse(yaml)).getMessage();
    }
}
