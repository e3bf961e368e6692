package dev.berth.lxd.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The JDK's matcher goes back and may take for ever, but on short texts it is a second opinion worth having. */
class ExpressionTest {
    private static final long SEED = 20_261_123;
    private static final String[] PARTS = {
        "a", "b", "A", ".", "*", "+", "?", "|", "(", ")", "(?:", "^", "$", "[ab]", "[^a]", "{2}", "{1,2}", "{0,}", "\\b", "\\w",
        "\\d", "-"
    };

    @Test
    void on_short_texts_the_machine_agrees_with_the_matcher_of_the_jdk() {
        Random random = new Random(SEED);
        int compared = 0;
        for (int i = 0; i < 40_000; i++) {
            String pattern = random(random, PARTS, 8);
            Optional<ExpressionProgram> program = ExpressionReader.read(pattern).flatMap(ExpressionProgram::of);
            if (program.isPresent()) {
                String text = random(random, new String[] {"a", "b", "B", "-", "1"}, 7);
                boolean expected = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(text).find();
                assertThat(program.get().isFoundIn(text, new StepBudget()))
                        .as("seed %d, round %d: /%s/ in \"%s\"", SEED, i, pattern, text)
                        .isEqualTo(expected);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(3_000);
    }

    @Test
    void an_expression_that_is_too_long_written_out_is_none() {
        assertThat(ExpressionReader.read("((a{100}){100}){100}").flatMap(ExpressionProgram::of)).isEmpty();
        assertThat(ExpressionReader.read("((a{0,1000}){0,1000})*").flatMap(ExpressionProgram::of)).isEmpty();
    }

    @Test
    void nothing_can_be_repeated_without_effort() {
        String nothing = "(((((){1000}){1000}){1000}){1000}){1000}";

        ExpressionProgram program =
                ExpressionReader.read(nothing).flatMap(ExpressionProgram::of).orElseThrow();

        assertThat(program.isFoundIn("", new StepBudget())).isTrue();
    }

    private static String random(Random random, String[] parts, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }
}
