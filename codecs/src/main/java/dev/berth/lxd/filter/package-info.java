/**
 * The filter language of image lists (rest-api 3.2): clauses joined by {@code and} and {@code or}, strictly left to
 * right. Text of strangers is run as a pattern here, so everything about it is bounded: its length, its repetitions,
 * and the steps one list may take.
 */
package dev.berth.lxd.filter;
