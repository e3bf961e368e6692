package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The lines of the program's log, as its own settings write them. */
class LogLinesTest {
    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("dev.berth.serve.Refusals");

    @BeforeEach
    void configure() throws Exception {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(getClass().getResource("/logback.xml"));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    @DisplayName("S15")
    void what_strangers_send_never_makes_a_line_of_its_own_nor_moves_the_cursor() {
        for (String sent : List.of("\n", "\r", "\u0000", "\u001b[2J", "\u009b2J", "\u0085", "\u2028", "\u2029", "\u202e", "\u007f")) {
            String line = line("POST /x: 400 Unknown request type \"a" + sent + "2026-01-01 ERROR\"");

            assertThat(line.chars().filter(LogLinesTest::isUnseen).boxed()).containsExactly((int) '\n');
            assertThat(line).endsWith("2026-01-01 ERROR\"\n").contains("type \"a?");
        }
    }

    @Test
    void names_in_any_script_stay_readable() {
        assertThat(line("alias bücher/δοκιμή 図書 🚢")).endsWith("Refusals alias bücher/δοκιμή 図書 🚢\n");
    }

    private String line(String message) {
        LoggingEvent event =
                new LoggingEvent(Logger.class.getName(), logger, Level.INFO, "{}", null, new Object[] {message});
        return new String(appender().getEncoder().encode(event), StandardCharsets.UTF_8);
    }

    private OutputStreamAppender<ILoggingEvent> appender() {
        return (OutputStreamAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("STDERR");
    }

    private static boolean isUnseen(int c) {
        int kind = Character.getType(c);
        return kind == Character.CONTROL
                || kind == Character.FORMAT
                || kind == Character.LINE_SEPARATOR
                || kind == Character.PARAGRAPH_SEPARATOR;
    }
}
