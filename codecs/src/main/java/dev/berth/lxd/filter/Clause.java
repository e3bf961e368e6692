package dev.berth.lxd.filter;

/**
 * One comparison as it was written.
 *
 * @param or true when it is joined to the clauses before it by {@code or}
 * @param not true when its outcome is turned round
 * @param field JSON name, with dots
 * @param equal true for {@code eq}, false for {@code ne}
 * @param value without its quotes
 */
record Clause(boolean or, boolean not, String field, boolean equal, String value) {}
