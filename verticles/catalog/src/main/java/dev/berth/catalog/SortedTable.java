package dev.berth.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An immutable table sorted by a text key, in one array: a change copies references (microseconds for ten thousand
 * entries), a look-up is a binary search, and entries with a common prefix lie together.
 *
 * @param <E> what it holds, one per key
 */
final class SortedTable<E> {
    private final Function<E, String> key;
    private final List<E> entries;

    private SortedTable(Function<E, String> key, List<E> entries) {
        this.key = key;
        this.entries = entries;
    }

    static <E> SortedTable<E> empty(Function<E, String> key) {
        return new SortedTable<>(key, List.of());
    }

    /** A table of many entries at once; no two may have the same key. */
    static <E> SortedTable<E> of(Function<E, String> key, Collection<E> entries) {
        List<E> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparing(key));
        return new SortedTable<>(key, sorted);
    }

    Optional<E> find(String wanted) {
        int at = search(wanted);
        return at < 0 ? Optional.empty() : Optional.of(entries.get(at));
    }

    /** Entries whose key begins with {@code prefix}, in order. */
    Stream<E> withPrefix(String prefix) {
        int at = search(prefix);
        int from = at < 0 ? -at - 1 : at;
        return entries.subList(from, entries.size()).stream()
                .takeWhile(entry -> key.apply(entry).startsWith(prefix));
    }

    /** The same table with {@code entry} added, or in place of the one with its key. */
    SortedTable<E> with(E entry) {
        int at = search(key.apply(entry));
        Object[] changed = at < 0 ? gap(-at - 1) : entries.toArray();
        changed[at < 0 ? -at - 1 : at] = entry;
        return from(changed);
    }

    /** The same table without the entry of that key, if there is one. */
    SortedTable<E> without(String unwanted) {
        int at = search(unwanted);
        if (at < 0) {
            return this;
        }
        Object[] all = entries.toArray();
        System.arraycopy(all, at + 1, all, at, all.length - at - 1);
        return from(Arrays.copyOf(all, all.length - 1));
    }

    int size() {
        return entries.size();
    }

    Stream<E> stream() {
        return entries.stream();
    }

    private Object[] gap(int at) {
        Object[] all = entries.toArray();
        Object[] wider = Arrays.copyOf(all, all.length + 1);
        System.arraycopy(all, at, wider, at + 1, all.length - at);
        return wider;
    }

    @SuppressWarnings("unchecked")
    private SortedTable<E> from(Object[] changed) {
        return new SortedTable<>(key, (List<E>) Arrays.asList(changed));
    }

    private int search(String wanted) {
        int low = 0;
        int high = entries.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = key.apply(entries.get(middle)).compareTo(wanted);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -low - 1;
    }
}
