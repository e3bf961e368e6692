package dev.berth.contract;

import java.time.Duration;

/**
 * A question that one feature answers.
 *
 * @param address where it is answered on the event bus
 * @param request the record that asks
 * @param scope who may answer: this node only, or any node
 * @param timeLimit how long the asker waits before the call fails
 * @param <Q> request type
 * @param <R> reply type: a record, a sealed family of records, or an {@link Answer} of one
 */
public record Call<Q extends Record, R>(String address, Class<Q> request, Scope scope, Duration timeLimit) {

    /** Who may answer a call. */
    public enum Scope {
        /** Only the node that asks: the call concerns its files or its streams. */
        NODE,
        /** Any node. */
        CLUSTER
    }

    private static final Duration USUAL = Duration.ofSeconds(30);

    /** A call that any node may answer, within 30 s. */
    public static <Q extends Record, R> Call<Q, R> of(String address, Class<Q> request) {
        return new Call<>(address, request, Scope.CLUSTER, USUAL);
    }

    /** A call that any node may answer, within {@code limit}. */
    public static <Q extends Record, R> Call<Q, R> of(String address, Class<Q> request, Duration limit) {
        return new Call<>(address, request, Scope.CLUSTER, limit);
    }

    /** A call that only this node answers, within 30 s. */
    public static <Q extends Record, R> Call<Q, R> onThisNode(String address, Class<Q> request) {
        return new Call<>(address, request, Scope.NODE, USUAL);
    }

    /** A call that only this node answers, within {@code limit}. */
    public static <Q extends Record, R> Call<Q, R> onThisNode(String address, Class<Q> request, Duration limit) {
        return new Call<>(address, request, Scope.NODE, limit);
    }
}
