package dev.berth.simplestreams;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code streams/v1/index.json} (formats 3.2). */
public final class IndexDocument {
    private static final String IMAGES = "image-downloads";

    private IndexDocument() {}

    /**
     * The products files with images, in the order of the document. Entries of another data type or without products are
     * nobody's business and left out silently (facts 83 and 84); broken ones are told to {@code skipped}.
     *
     * @param in the document; not closed
     * @throws StreamFormatException when it is not a JSON object or breaks a limit
     * @throws IOException what {@code in} throws
     */
    public static List<IndexEntry> read(InputStream in, ReadLimits limits, SkippedParts skipped) throws IOException {
        List<IndexEntry> entries = new ArrayList<>();
        JsonDocument.read(in, limits, json -> new Top(json, limits, skipped, entries));
        return entries;
    }

    private static final class Top extends ObjectPart {
        private final ReadLimits limits;
        private final SkippedParts skipped;
        private final List<IndexEntry> entries;
        private int seen;

        Top(JsonParser json, ReadLimits limits, SkippedParts skipped, List<IndexEntry> entries) {
            super(json);
            this.limits = limits;
            this.skipped = skipped;
            this.entries = entries;
        }

        @Override
        protected void field(String name) throws IOException {
            if (name.equals("index")) {
                each(this::entry);
            }
        }

        private void entry(String contentId) throws IOException {
            if (++seen > limits.entries()) {
                throw new StreamFormatException("the index must not have more than " + limits.entries() + " entries");
            }
            Entry entry = new Entry(json);
            if (!entry.read()) {
                skipped.add("index > " + contentId, entry.problem());
            } else if (entry.datatype.equals(IMAGES) && entry.products) {
                keep(contentId, entry.path);
            }
        }

        private void keep(String contentId, String path) {
            String problem = StreamPath.problem(path);
            if (problem.isEmpty()) {
                entries.add(new IndexEntry(contentId, StreamPath.clean(path)));
            } else {
                skipped.add("index > " + contentId, problem);
            }
        }
    }

    private static final class Entry extends ObjectPart {
        private String datatype = "";
        private String path = "";
        private boolean products;

        Entry(JsonParser json) {
            super(json);
        }

        @Override
        protected void field(String name) throws IOException {
            switch (name) {
                case "datatype" -> datatype = text();
                case "path" -> path = text();
                case "products" -> products = hasElements();
                default -> { }
            }
        }

        /** The list is not compared with the file (fact 86), so one element is all that needs to be seen. */
        private boolean hasElements() throws IOException {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return false;
            }
            if (json.currentToken() != JsonToken.START_ARRAY) {
                wrong("products must be a list, got " + found());
                return false;
            }
            boolean some = false;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                some = true;
                json.skipChildren();
            }
            return some;
        }
    }
}
