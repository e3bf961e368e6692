/**
 * Who is asking, and what they may see and do: certificates, single-use tokens, tokens for reading,
 * projects and profiles.
 *
 * <p>Questions are answered from memory: an immutable {@code TrustSnapshot} that is replaced when a change is on disk, and
 * before its asker hears of it. Deploy one instance per database: it is the only writer of these tables.
 *
 * <p>Contract: {@link dev.berth.contract.TrustContract}; tokens show as operations
 * ({@link dev.berth.contract.OperationsContract}), so operations must be there first. Settings:
 * {@link dev.berth.trust.TrustConf}. Tables: {@code db/trust}. Source: rest-api sections 2, 3.6-3.8, 7, and 8 (22-40, 148-162).
 */
package dev.berth.trust;
