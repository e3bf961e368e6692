package dev.berth.app.cli;

import dev.berth.store.BlobReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found, as lines for people and as JSON for programs. */
record VerifyReport(BlobReport found) {

    /** Some image cannot be served as it came; what merely could not be read may be whole. */
    boolean isDamaged() {
        return !found.damaged().isEmpty() || !found.missing().isEmpty();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(found.sound() + " blobs sound, " + found.read() + " of them read again (" + found.bytesRead() + " bytes)");
        found.damaged().forEach(blob -> lines.add("damaged: " + blob.blob() + ": " + blob.text()));
        found.missing().forEach(blob -> lines.add("missing: " + blob + ": an image needs it; import that image again"));
        found.unreadable().forEach(blob -> lines.add("unreadable: " + blob.blob() + ": " + blob.text()));
        found.orphaned().forEach(blob -> lines.add("no image needs: " + blob + " (harmless, goes with a later start)"));
        found.foreign().forEach(file -> lines.add("not ours: " + file));
        lines.add(verdict());
        return lines;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("verdict", verdict());
        json.put("sound", found.sound());
        json.put("read", found.read());
        json.put("bytes_read", found.bytesRead());
        json.put("damaged", findings(found.damaged()));
        json.put("missing", found.missing());
        json.put("unreadable", findings(found.unreadable()));
        json.put("orphaned", found.orphaned());
        json.put("foreign", found.foreign());
        return json;
    }

    private String verdict() {
        if (isDamaged()) {
            return "damaged";
        }
        return found.isSound() ? "sound" : "unreadable";
    }

    private static List<Map<String, String>> findings(List<BlobReport.Damage> damages) {
        return damages.stream().map(each -> Map.of("blob", each.blob(), "text", each.text())).toList();
    }
}
