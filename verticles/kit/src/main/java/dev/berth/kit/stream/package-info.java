/**
 * The data plane: byte streams over the event bus with credits, so that a slow disk pauses the socket at the far end.
 *
 * <p>{@link dev.berth.kit.stream.StreamOutlet} is where a producer writes, {@link dev.berth.kit.stream.StreamInlet}
 * where each consumer reads, or {@link dev.berth.kit.stream.WorkerInlet} where its workers do; the rules between them are
 * {@link dev.berth.contract.StreamContract}. Metrics: {@code berth.stream.*}, see {@link dev.berth.kit.stream.StreamMeters}.
 */
package dev.berth.kit.stream;
