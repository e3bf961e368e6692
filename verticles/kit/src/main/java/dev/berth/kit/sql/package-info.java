/**
 * The small door to SQL: a file database today, with Futures at the front and plain JDBC behind.
 *
 * <p>{@link dev.berth.kit.sql.Sql} is the only way features reach their tables. Each feature brings its own migrations
 * on the class path ({@code db/<feature>/V1__….sql}) and its own history table, so that features come and go without
 * knowing each other. Ids and times are {@code bigint} in all of them, which PostgreSQL understands as well.
 *
 * <p>Threads: one worker writes, a few read; nothing here runs on an event loop. No settings, no metrics: features time
 * their own work.
 */
package dev.berth.kit.sql;
