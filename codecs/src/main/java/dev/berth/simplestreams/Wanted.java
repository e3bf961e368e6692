package dev.berth.simplestreams;

import dev.berth.image.Architecture;
import dev.berth.image.ImageType;

/**
 * An image asked of a stream.
 *
 * @param name alias, fingerprint or the beginning of one; empty means {@code default}
 * @param type wanted type, or null for container first, then virtual machine
 * @param architecture the only one wanted, or null to go by {@code host}
 * @param host who asks: its own architecture first, then what it can also run, then any
 */
public record Wanted(String name, ImageType type, Architecture architecture, Architecture host) {
    public Wanted {
        name = name.isEmpty() ? "default" : name;
    }
}
