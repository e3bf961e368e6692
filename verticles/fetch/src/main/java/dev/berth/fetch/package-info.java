/**
 * Fetching from other image servers: the only feature that talks to strangers.
 *
 * <p>Contract: {@link dev.berth.contract.FetchContract}. {@link dev.berth.fetch.FetchVerticle} picks the protocol;
 * {@code guard} decides where to go, {@code http} goes there, {@code transfer} brings bytes, and {@code lxd},
 * {@code direct} and {@code streams} are the languages spoken; {@code push} brings
 * images out. LXD servers learn the certificate we serve with where an administrator asked, so that one that trusts it
 * gives its private images; nobody else does. Settings: {@link dev.berth.fetch.FetchConf}, section
 * {@code fetch}. Metrics: {@link dev.berth.fetch.http.FetchMeters}.
 */
package dev.berth.fetch;
