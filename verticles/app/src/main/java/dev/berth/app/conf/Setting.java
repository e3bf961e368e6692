package dev.berth.app.conf;

/**
 * One value as somebody wrote it.
 *
 * @param text the value
 * @param origin where it was written, for people: {@code conf/berth.yaml:12}, {@code BERTH_LISTEN}, {@code --listen}
 */
record Setting(String text, String origin) {}
