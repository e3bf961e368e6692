/**
 * Bytes by SHA-256, atomically and durably. Answers {@link dev.berth.contract.StoreContract}, hears {@link
 * dev.berth.contract.CatalogContract#ORPHANED} and asks {@link dev.berth.contract.CatalogContract#FIND_REFERENCES} before
 * it deletes anything.
 *
 * <p>Bytes flow {@code stream -> StagingFile -> BlobStore.publish}; space is promised by {@link
 * dev.berth.store.SpaceLedger} before the first byte; {@link dev.berth.store.Leases} and {@link
 * dev.berth.store.Deletion} together keep a blob that is being imported again; {@link dev.berth.store.Reconciliation} tidies
 * up at start; {@link dev.berth.store.BlobVerifier} proves it all on a running or a stopped data directory. Settings: {@link
 * dev.berth.store.StoreConf}. Metrics: {@link dev.berth.store.StoreMeters}.
 */
package dev.berth.store;
