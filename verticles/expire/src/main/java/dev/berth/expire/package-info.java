/**
 * Forgets cached images that nobody used, and makes room when space is short.
 *
 * <p>Every hour, shortly after a start and whenever the rules change, cached images that were not used for {@code
 * images.remote_cache_expiry} days go; projects may have a rule of their own. Every minute the disk is looked at: below a
 * low-water mark, or when the cache outgrows its limit, the least valuable images go. Images that people copied or
 * imported, images whose bytes somebody holds, and images used a short while ago never go. The wall clock is not
 * trusted: an image must be too old twice, some time apart by a clock that nobody sets, and after a jump nothing goes for
 * its age for an hour. Everything that goes says why: a notice, a log line, a metric, and the catalog's lifecycle event.
 *
 * <p>Contract: {@link dev.berth.contract.ExpireContract}; asks catalog, store and trust. Settings: {@link
 * dev.berth.expire.ExpireConf}. Metrics: {@code berth.expire.removed} (counter by {@code rule}: {@code age}, {@code
 * space}), {@code berth.expire.cached} and {@code berth.expire.cached.bytes} (gauges), {@code berth.expire.clock.jumps}.
 * Source: rest-api 6.2 and 8 (182-186), reliability R50-R52.
 */
package dev.berth.expire;
