/** Servers that speak LXD's REST interface: LXD, Incus, other Berths (rest-api 6.4). */
package dev.berth.fetch.lxd;
