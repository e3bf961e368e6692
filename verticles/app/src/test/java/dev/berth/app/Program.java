package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * This build's program, without the launcher: how a JVM is told to run it. Compiled for a quick start, and logging as in
 * production.
 *
 * @param classPath as the JVM takes it
 * @param flags for the JVM
 */
public record Program(String classPath, List<String> flags) {
    private static final long LONGEST_SECONDS = 120;
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m", "-Xshare:auto",
            "-Dlogback.configurationFile=logback.xml");

    /** The classes where the build left them. */
    public static Program built() {
        return new Program(System.getProperty("java.class.path"), FLAGS);
    }

    /**
     * The classes packed in {@code folder} and archived, as the launcher does it: worth some seconds for a test that
     * starts many processes.
     */
    public static Program archived(Path folder) throws IOException, InterruptedException {
        String jars = packed(Files.createDirectories(folder.resolve("lib")));
        String archive = folder.resolve("classes.jsa").toString();
        List<String> dump = new ArrayList<>(FLAGS);
        dump.addAll(List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable", "-Xlog:all=off"));
        Process warmUp = new ProcessBuilder(
                        new Program(jars, dump).command(WarmUp.class, folder.resolve("scratch").toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("warm-up.log").toFile())
                .start();
        assertThat(warmUp.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).as("archived in time").isTrue();
        List<String> flags = new ArrayList<>(FLAGS);
        flags.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
        return new Program(jars, flags);
    }

    /** A whole command line for {@code main} of this class. */
    List<String> command(Class<?> main, String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(words));
        return command;
    }

    /** Class archives take jars only, so folders of classes become jars. */
    private static String packed(Path folder) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(part);
            if (Files.isDirectory(path) && !path.endsWith("test-classes")) {
                jars.add(jar(path, folder.resolve(jars.size() + ".jar")).toString());
            } else if (Files.isRegularFile(path)) {
                jars.add(part);
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path each : all.skip(1).toList()) {
                boolean folder = Files.isDirectory(each);
                out.putNextEntry(new JarEntry(classes.relativize(each) + (folder ? "/" : "")));
                if (!folder) {
                    Files.copy(each, out);
                }
            }
        }
        return jar;
    }
}
