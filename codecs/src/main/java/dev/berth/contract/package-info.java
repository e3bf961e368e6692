/**
 * What features may say to each other: one final class per feature, holding its questions ({@link
 * dev.berth.contract.Call}), its announcements ({@link dev.berth.contract.Notice}), their records, and nothing else.
 *
 * <p>Rules. Requests and replies are records; a reply the asker must decide about is a sealed interface with one
 * {@code fold}. A failed future means that something broke; everything expected is a reply. All records travel by
 * reference within a JVM and as JSON between nodes, through one codec that needs no registration, so a new message
 * costs one record. Nothing here imports Vert.x.
 */
package dev.berth.contract;
