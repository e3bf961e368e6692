package dev.berth.expire;

import dev.berth.image.Image;
import dev.berth.lxd.ImageSettings;
import java.time.Duration;
import java.time.Instant;

/**
 * How old a cached image may get: unused for so many days, counted from its last use or, when it never had one, from its
 * arrival (rest-api 6.2). Its own {@code expires_at} plays no part (rest-api 185). Pure.
 */
final class ExpiryPolicy {
    private ExpiryPolicy() {}

    /** @param inUse somebody holds its bytes right now */
    static Fate judge(Image image, boolean inUse, Instant now, ImageSettings settings) {
        long days = settings.cacheDays(image.project());
        if (!image.cached()) {
            return new Fate.Keep("not cached");
        }
        if (days == 0) {
            return new Fate.Keep("cached images stay for ever" + source(image, settings));
        }
        if (inUse) {
            return new Fate.Keep("in use");
        }
        Instant due = image.idleSince().plus(Duration.ofDays(days));
        String rule = "unused for " + days + (days == 1 ? " day" : " days") + source(image, settings);
        return due.isAfter(now) ? new Fate.Wait(due, rule) : new Fate.Expire(due, rule);
    }

    private static String source(Image image, ImageSettings settings) {
        boolean own = settings.hasOwnCacheDays(image.project());
        return " (" + ImageSettings.CACHE_DAYS + (own ? " of project " + image.project() : "") + ")";
    }
}
