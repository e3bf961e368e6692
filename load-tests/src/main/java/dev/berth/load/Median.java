package dev.berth.load;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** The middle of an odd number of runs: one hiccup of the machine does not decide. */
final class Median {
    private Median() {}

    static double of(int runs, DoubleSupplier measurement) {
        double[] values = new double[runs];
        Arrays.setAll(values, run -> measurement.getAsDouble());
        return of(values);
    }

    static double of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
