package dev.berth.lxcindex;

import dev.berth.format.tar.NewMember;
import dev.berth.format.tar.TarWriter;
import dev.berth.image.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * The {@code meta.tar.xz} of an image: how a container of it is set up (formats 5). Names without a level serve clients
 * of every level, since all of them fall back to those. The same image gives the same bytes every time.
 */
public final class ContainerSetup {
    private static final String COMMON = "lxc.include = LXC_TEMPLATE_CONFIG/common.conf\n";
    private static final String USER_NAMESPACE = "lxc.include = LXC_TEMPLATE_CONFIG/userns.conf\n";
    /** Device nodes cannot be made in a user namespace; archives name members with and without a leading dot. */
    private static final String NOT_FOR_USERS = "./dev/*\ndev/*\n";
    /** Files in which clients put the container's name for LXC_NAME, when an image has them and names it so. */
    private static final String TEMPLATES = "/etc/hostname\n/etc/hosts\n";

    private ContainerSetup() {}

    /** The archive, some hundred bytes. Cheap enough for a worker, too slow for an event loop. */
    public static byte[] archive(Image image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream xz = new XZOutputStream(bytes, new LZMA2Options(0)); TarWriter tar = new TarWriter(xz)) {
            for (Map.Entry<String, String> file : files(image).entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                tar.file(NewMember.file(file.getKey(), content.length, image.createdAt()), out -> out.write(content));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static Map<String, String> files(Image image) {
        String architecture = "lxc.arch = " + DebianArchitecture.personality(image.architecture()) + "\n";
        Map<String, String> files = new TreeMap<>();
        files.put("config", COMMON + architecture);
        files.put("config-user", COMMON + USER_NAMESPACE + architecture);
        files.put("create-message", message(image));
        files.put("excludes-user", NOT_FOR_USERS);
        files.put("expiry", expiry(image));
        files.put("templates", TEMPLATES);
        return files;
    }

    private static String message(Image image) {
        String called = ImageName.of(image)
                .map(name -> name.distribution() + " " + name.release() + " " + name.architecture())
                .orElse(image.fingerprint().shortForm());
        return "The container was made of " + called + ", image " + image.fingerprint().shortForm()
                + ".\nNo user has a password yet: set one with lxc-attach.\n";
    }

    /**
     * Long over, so that a client asks for the index each time; the files come again only when the build differs (formats
     * fact 132). A later time would have to move, and the archive with it.
     */
    private static String expiry(Image image) {
        return Math.max(0, image.createdAt().getEpochSecond()) + "\n";
    }
}
