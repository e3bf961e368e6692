package dev.berth.fetch.transfer;

import dev.berth.fetch.http.FetchMeters;
import dev.berth.fetch.http.GuardedClient;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.stream.Streams;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;

/** What every download needs. All of one context, except what is made for any thread. */
public record Tools(
        Vertx vertx, Bus bus, Streams streams, WorkerExecutor workers, GuardedClient client, FetchMeters meters) {}
