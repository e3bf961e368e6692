package dev.berth.testkit.upstream;

/** How one request is answered. Runs on an event loop of the fake. */
@FunctionalInterface
public interface Behaviour {
    void answer(Exchange exchange);
}
