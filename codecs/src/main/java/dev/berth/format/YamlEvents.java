package dev.berth.format;

import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.Parser;

/** What a document is made of, counted: a value of two bytes becomes a node of several hundred. */
final class YamlEvents implements Parser {
    /** A key or a value is one event, a list or mapping two; metadata of real images has some hundred. */
    private static final int MOST = 50_000;

    private final Parser events;
    private int left = MOST;

    YamlEvents(Parser events) {
        this.events = events;
    }

    @Override
    public boolean checkEvent(Event.ID wanted) {
        return events.checkEvent(wanted);
    }

    @Override
    public Event peekEvent() {
        return events.peekEvent();
    }

    @Override
    public Event getEvent() {
        if (--left < 0) {
            throw new YAMLException("metadata.yaml must have at most " + MOST + " keys and values in all, got more");
        }
        return events.getEvent();
    }
}
