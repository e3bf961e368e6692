package dev.berth.app.clients;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.RealTool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The real {@code lxc} with a configuration folder of its own, talking to one server by default: {@link #at} names things
 * there. It may have more remotes.
 */
final class LxcClient {
    /** Generous, because build machines are slow; a client that hangs still fails its test. */
    private static final long SECONDS = 90;

    private static final String LOCAL = "local:";

    private final Tool tool;
    private final String remote;

    private LxcClient(Tool tool, String remote) {
        this.tool = tool;
        this.remote = remote;
    }

    /** One that has full trust through the unix socket in {@code serverFolder}: a Berth's data directory or an LXD's. */
    static LxcClient overSocket(Path configuration, Path serverFolder) {
        return new LxcClient(tool(configuration, serverFolder), LOCAL);
    }

    /** One that adds a Berth as remote {@code b:}, its usual one, by trust token and without being asked anything. */
    static LxcClient overTls(Path configuration, RunningBerth berth) {
        LxcClient client = new LxcClient(tool(configuration, configuration.resolve("no-server")), "b:");
        client.add("b", berth).good("remote", "switch", "b");
        return client;
    }

    /** Adds a Berth as one more remote. */
    LxcClient add(String name, RunningBerth berth) {
        String[] lines = berth.cli("token", name + "-client").split("\n");
        good("remote", "add", name, lines[lines.length - 1]);
        return this;
    }

    /** The same client, for which only the certificates in this PEM file speak for servers that are not pinned. */
    LxcClient trusting(Path pem) {
        Map<String, String> environment = new HashMap<>(tool.environment());
        environment.put("SSL_CERT_FILE", pem.toString());
        return new LxcClient(new Tool(tool.program(), environment, tool.seconds()), remote);
    }

    /** Its server, or something there: {@code at("debian/12")}. */
    String at(String name) {
        return remote + name;
    }

    /** Of the client certificate it made when it first needed one: SHA-256 of its DER form, hex. */
    String certificateFingerprint() throws IOException, CertificateException {
        Path file = Path.of(tool.environment().get("LXD_CONF"), "client.crt");
        try (InputStream in = Files.newInputStream(file)) {
            return ImageFixtures.fingerprint(CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded());
        }
    }

    /** Runs it; it must succeed. Its standard output. */
    String good(String... words) {
        return run(words).good();
    }

    /** Runs it; it must fail. Its standard error. */
    String refused(String... words) {
        return run(words).refused();
    }

    /** Runs it with this text as standard input; it must succeed. */
    String reading(String input, String... words) {
        return tool.run(input.getBytes(StandardCharsets.UTF_8), List.of(words)).good();
    }

    ToolRun run(String... words) {
        return tool.run(new byte[0], List.of(words));
    }

    /** Leaves it running, its output in {@code output}; the caller ends it. */
    Process start(Path output, String... words) throws IOException {
        return tool.start(output, List.of(words));
    }

    /** The rows of a list in CSV: {@code rows("image", "list", at(""), "-c", "fp")}. */
    List<List<String>> rows(String... words) {
        List<String> asking = new ArrayList<>(List.of(words));
        asking.addAll(List.of("--format", "csv"));
        return good(asking.toArray(String[]::new)).lines().map(line -> Arrays.asList(line.split(",", -1))).toList();
    }

    private static Tool tool(Path configuration, Path serverFolder) {
        Map<String, String> environment =
                Map.of("LXD_CONF", configuration.toString(), "LXD_DIR", serverFolder.toString(), "LC_ALL", "C.UTF-8");
        return new Tool(List.of(RealTool.named("lxc").program().toString()), environment, SECONDS);
    }
}
