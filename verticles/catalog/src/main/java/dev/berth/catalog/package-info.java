/**
 * What images and aliases there are, and how the server is set.
 *
 * <p>Answers {@code CatalogContract}. Reads come from an immutable {@code Snapshot} in memory and never touch SQL; a
 * write is decided on the snapshot ({@code CatalogRules}, {@code AliasRules}, {@code SettingsRules}: plain functions),
 * committed by one writer, made visible by swapping the snapshot, announced, and only then answered.
 *
 * <p>Tables: {@code db/catalog}. Settings of its own: none. Metrics: {@code berth.catalog.images},
 * {@code berth.catalog.aliases}, {@code berth.catalog.bytes} (distinct blobs, as gauges) and {@code berth.catalog.write}
 * (time of a commit).
 */
package dev.berth.catalog;
