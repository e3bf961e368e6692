package dev.berth.contract;

/**
 * An announcement that any number of listeners on any node may hear, or none.
 *
 * @param address where it is published on the event bus
 * @param type the record that is published
 * @param <N> record type
 */
public record Notice<N extends Record>(String address, Class<N> type) {
    public static <N extends Record> Notice<N> of(String address, Class<N> type) {
        return new Notice<>(address, type);
    }
}
