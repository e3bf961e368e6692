/**
 * Asking other servers over HTTPS: every address is looked up once and checked before the first packet, redirects are
 * followed step by step with the same check, every wait has an end, and each upstream has its budget.
 */
package dev.berth.fetch.http;
