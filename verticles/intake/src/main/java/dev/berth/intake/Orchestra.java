package dev.berth.intake;

import dev.berth.kit.bus.Bus;
import dev.berth.kit.stream.Streams;
import java.time.Clock;

/** What conductors work with; one for all of them. */
record Orchestra(Bus bus, Streams streams, Inspectors inspectors, Clock clock, IntakeMeters meters) {}
