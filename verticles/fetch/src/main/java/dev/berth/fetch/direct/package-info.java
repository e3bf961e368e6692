/** Images named by an https URL whose answer tells hash and place of one tarball (formats 4). */
package dev.berth.fetch.direct;
