package dev.berth.load;

import java.util.List;

/** One measurement. Everything it starts it also stops. */
interface Bench {
    /** Short name for the command line and the result file. */
    String name();

    List<Finding> run(Ground ground) throws Exception;
}
