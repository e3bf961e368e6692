package dev.berth.lxd.multipart;

import java.util.Locale;
import java.util.Map;

/**
 * The header lines of one part.
 *
 * @param name of the form field, empty when none is given
 * @param filename as given but without folders, empty when none is given
 */
public record PartHead(String name, String filename) {

    public static PartHead parse(String lines) {
        for (String line : lines.split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).trim().toLowerCase(Locale.ROOT).equals("content-disposition")) {
                Map<String, String> parameters = HeaderParameters.of(line.substring(colon + 1));
                return new PartHead(
                        parameters.getOrDefault("name", ""), withoutFolders(parameters.getOrDefault("filename", "")));
            }
        }
        return new PartHead("", "");
    }

    /** Names come from other people's machines and are never used as paths (rest-api 3.1). */
    public static String withoutFolders(String filename) {
        return filename.substring(filename.lastIndexOf('/') + 1);
    }
}
