package dev.berth.expire;

/**
 * How much space is wanted, and which rule wants it; none when {@code bytes} is 0.
 *
 * @param bytes to be freed
 * @param rule for people, with both sides of the comparison
 */
record Shortage(long bytes, String rule) {
    private static final long MIB = 1 << 20;

    static Shortage of(Scene scene, ExpireConf conf) {
        long missing = conf.lowWaterBytes() - scene.freeBytes();
        long cached = scene.cachedBytes();
        long beyond = conf.cacheLimitBytes() == 0 ? 0 : cached - conf.cacheLimitBytes();
        if (missing <= 0 && beyond <= 0) {
            return new Shortage(0, "");
        }
        return missing >= beyond
                ? new Shortage(missing, rule("free", scene.freeBytes(), "low-water-bytes", conf.lowWaterBytes()))
                : new Shortage(beyond, rule("cached", cached, "cache-limit-bytes", conf.cacheLimitBytes()));
    }

    private static String rule(String what, long is, String key, long limit) {
        return "space is short: " + is / MIB + " MiB " + what + ", expire." + key + " is " + limit / MIB + " MiB";
    }
}
