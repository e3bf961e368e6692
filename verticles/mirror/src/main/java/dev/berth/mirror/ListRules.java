package dev.berth.mirror;

import dev.berth.contract.FetchContract.Listed;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.contract.FetchContract.StreamPlace;
import dev.berth.image.Fingerprint;
import dev.berth.mirror.Filter.Key;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of an upstream's images are seen through Berth, and which of them a stream can list. */
final class ListRules {
    private ListRules() {}

    /** Those that the operator wants. */
    static List<Listed> wanted(List<Listed> all, Filter filter) {
        List<Listed> passed = all.stream().filter(listed -> filter.passes(facts(listed))).toList();
        if (!filter.isNewestOnly()) {
            return passed;
        }
        Map<String, String> newest = new HashMap<>();
        passed.forEach(listed -> newest.merge(product(listed), serial(listed), ListRules::later));
        return passed.stream().filter(listed -> serial(listed).equals(newest.get(product(listed)))).toList();
    }

    /** Clients compare sizes and hashes, so that a file without them cannot be listed (formats 3.1). */
    static boolean isProvable(Listed listed) {
        List<OfferedFile> files = listed.offer().files();
        return listed.place() != null && !files.isEmpty() && files.stream().allMatch(ListRules::isProvable);
    }

    private static boolean isProvable(OfferedFile file) {
        return file.size() >= 0 && Fingerprint.isWhole(file.sha256());
    }

    private static Map<Key, String> facts(Listed listed) {
        StreamPlace place = listed.place();
        return Map.of(
                Key.OS, place == null ? property(listed, "os") : place.product().os(),
                Key.RELEASE, place == null ? property(listed, "release") : place.product().release(),
                Key.VARIANT, place == null ? property(listed, "variant") : place.product().variant(),
                Key.ARCH, listed.offer().architecture().canonical(),
                Key.TYPE, listed.offer().type().wireName(),
                Key.SERIAL, serial(listed));
    }

    private static String product(Listed listed) {
        if (listed.place() != null) {
            return listed.place().product().key();
        }
        return String.join(
                ":", property(listed, "os"), property(listed, "release"), property(listed, "variant"),
                listed.offer().architecture().canonical(), listed.offer().type().wireName());
    }

    private static String serial(Listed listed) {
        return listed.place() == null ? property(listed, "serial") : listed.place().serial();
    }

    private static String property(Listed listed, String name) {
        return listed.offer().properties().getOrDefault(name, "");
    }

    private static String later(String one, String other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
