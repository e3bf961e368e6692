/**
 * The documents of the LXD and Incus REST interface: envelopes, images, aliases, operations, events, settings, and the
 * filter language. Pure: text in, text out. Sources: rest-api sections 1-5.
 */
package dev.berth.lxd;
