package dev.berth.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The real {@code gpg} with a home of its own, or the end of the test as {@link RealTool} describes it. Its agent goes
 * with {@link #close}.
 */
public final class Gpg implements AutoCloseable {
    private final RealTool gpg = RealTool.named("gpg");
    private final RealTool gpgconf = RealTool.named("gpgconf");
    private final Path home;

    private Gpg(Path home) {
        this.home = home;
    }

    /** Makes the home {@code home}, which must not be there; its path has at most about 80 characters. */
    public static Gpg in(Path home) {
        try {
            return new Gpg(Files.createDirectory(
                    home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes a key that signs.
     *
     * @param user part of its user id
     * @param algorithm such as rsa2048 or ed25519
     * @param life such as never or 1d
     */
    public Gpg key(String user, String algorithm, String life) {
        run("--passphrase", "", "--quick-gen-key", user, algorithm, "sign", life);
        return this;
    }

    /** Runs a command that must succeed. */
    public Gpg run(String... words) {
        try {
            gpg.run(home, words(words));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Runs a command that must be refused; what was said. */
    public String refuses(String... words) {
        try {
            return gpg.refuses(home, words(words));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Writes the public keys of {@code user} into a file of the home. */
    public Path exported(String user, String... options) {
        Path file = fresh("keyring");
        run(with(options, "--output", file.toString(), "--export", user));
        return file;
    }

    /** {@code text} in a frame signed by {@code user}. */
    public byte[] clearSigned(String user, byte[] text, String... options) {
        return made("--clearsign", user, text, options);
    }

    /** A signature of {@code bytes} by {@code user}; armored with the option {@code --armor}. */
    public byte[] detached(String user, byte[] bytes, String... options) {
        return made("--detach-sign", user, bytes, options);
    }

    /** A file of the home with these bytes. */
    public String file(byte[] bytes) {
        try {
            return Files.write(fresh("file"), bytes).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            gpgconf.run(home, "--homedir", home.toString(), "--kill", "gpg-agent");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private byte[] made(String command, String user, byte[] bytes, String... options) {
        try {
            Path file = fresh("made");
            run(with(options, "--local-user", user, "--output", file.toString(), command, file(bytes)));
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path fresh(String name) {
        return home.resolve(name + "-" + System.nanoTime());
    }

    private String[] words(String... words) {
        return with(new String[] {"--batch", "--yes", "--no-tty", "--homedir", home.toString()}, words);
    }

    private static String[] with(String[] first, String... then) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(then));
        return all.toArray(String[]::new);
    }

    private static AssertionError interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new AssertionError("interrupted while gpg ran", cause);
    }
}
