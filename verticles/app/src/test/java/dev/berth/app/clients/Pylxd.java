package dev.berth.app.clients;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.RealTool;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Python with pylxd and a client certificate of its own. A script finds {@code client}, connected to Berth and verifying
 * its certificate, and its further words in {@code words}.
 */
final class Pylxd {
    private static final long SECONDS = 90;

    private static final String PRELUDE = """
            import sys, warnings
            warnings.simplefilter('ignore')
            from pylxd import Client, exceptions
            endpoint, folder, server, *words = sys.argv[1:]
            client = Client(endpoint=endpoint, cert=(folder + '/client.crt', folder + '/client.key'), verify=server)
            """;

    /** Debian's pylxd belongs to Debian's Python, which need not be the first in the path. */
    private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

    private final Tool python;
    private final Path folder;
    private final RunningBerth berth;

    private Pylxd(Tool python, Path folder, RunningBerth berth) {
        this.python = python;
        this.folder = folder;
        this.berth = berth;
    }

    /** One whose certificate Berth does not know yet. */
    static Pylxd stranger(Path folder, RunningBerth berth) throws Exception {
        Pylxd pylxd = new Pylxd(python(), folder, berth);
        RealTool.named("openssl").run(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout", "client.key", "-out", "client.crt", "-subj", "/CN=pylxd", "-days", "2");
        return pylxd;
    }

    /** One that Berth trusts. */
    static Pylxd trusted(Path folder, RunningBerth berth) throws Exception {
        Pylxd pylxd = stranger(folder, berth);
        berth.cli("trust", "add", folder.resolve("client.crt").toString());
        return pylxd;
    }

    /** Runs this script, which must succeed; the lines it printed. */
    List<String> run(String script, String... words) throws Exception {
        Path file = Files.writeString(folder.resolve("script.py"), PRELUDE + script);
        Stream<String> fixed = Stream.of(
                file.toString(), berth.https().toString(), folder.toString(), berth.data().resolve("keys/server.crt").toString());
        return python.run(new byte[0], Stream.concat(fixed, Stream.of(words)).toList()).good().lines().toList();
    }

    private static Tool python() {
        List<Tool> able = PYTHONS.stream().map(Pylxd::tool).filter(Pylxd::hasPylxd).toList();
        RealTool.need(!able.isEmpty(), "pylxd is not installed for " + PYTHONS);
        return able.get(0);
    }

    /** Authorities that the environment prefers would weigh more than what a script verifies with. */
    private static Tool tool(String program) {
        return new Tool(List.of(program), Map.of("REQUESTS_CA_BUNDLE", "", "CURL_CA_BUNDLE", ""), SECONDS);
    }

    private static boolean hasPylxd(Tool python) {
        try {
            return python.run(new byte[0], List.of("-c", "import pylxd")).status() == 0;
        } catch (UncheckedIOException missing) {
            return false;
        }
    }
}
