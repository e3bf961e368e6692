/**
 * One download: bodies that are resumed where they broke off, hashed as they flow, and sent into byte streams that end as
 * complete only when every promise was kept.
 */
package dev.berth.fetch.transfer;
