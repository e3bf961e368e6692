/**
 * Settings: from {@code conf/berth.yaml}-shaped files, the environment and flags, in rising order of weight.
 *
 * <p>{@link dev.berth.app.conf.Settings} is a flat map of dotted keys that remembers where each value was written and
 * which keys were asked for; {@link dev.berth.app.conf.BerthConf} asks for all of them. A key nobody asked for, and a
 * value that does not fit, stop the start with file, line, key and what was expected.
 */
package dev.berth.app.conf;
