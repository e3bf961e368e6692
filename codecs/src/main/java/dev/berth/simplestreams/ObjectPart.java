package dev.berth.simplestreams;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads one JSON object field by field. A field of a wrong type does not end the reading: the first one is remembered, so
 * that exactly this object can be left out. {@code null} counts as absent, as in LXD.
 */
abstract class ObjectPart {
    private static final int LONGEST_LONG = 19;

    protected final JsonParser json;
    private String problem = "";

    ObjectPart(JsonParser json) {
        this.json = json;
    }

    /** Takes the value the parser stands on, or leaves it: what is left is skipped. */
    protected abstract void field(String name) throws IOException;

    /** Reads the object the parser stands on, to its end; false when it cannot be used. */
    final boolean read() throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            wrong("must be an object, got " + found());
            json.skipChildren();
            return false;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            field(name);
            json.skipChildren();
        }
        return problem.isEmpty();
    }

    /** Why the object cannot be used, or empty. */
    final String problem() {
        return problem;
    }

    final void wrong(String why) {
        if (problem.isEmpty()) {
            problem = why;
        }
    }

    final String text() throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        if (token != JsonToken.VALUE_NULL) {
            wrong(json.currentName() + " must be a text, got " + found());
        }
        return "";
    }

    /** A size in bytes; 0 when absent. */
    final long size() throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return 0;
        }
        boolean fits = token == JsonToken.VALUE_NUMBER_INT
                && (json.getTextLength() < LONGEST_LONG || json.getNumberType() != JsonParser.NumberType.BIG_INTEGER);
        if (!fits || json.getLongValue() < 0) {
            wrong(json.currentName() + " must be a whole number of bytes, got " + found());
            return 0;
        }
        return json.getLongValue();
    }

    /** At most {@code most} texts by name, or null when absent. */
    final Map<String, String> texts(int most) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        String owner = json.currentName();
        Map<String, String> texts = new LinkedHashMap<>();
        ObjectPart part = new ObjectPart(json) {
            @Override
            protected void field(String name) throws IOException {
                if (texts.size() < most) {
                    texts.put(name, text());
                } else {
                    wrong("must not have more than " + most + " fields");
                }
            }
        };
        if (!part.read()) {
            wrong(owner + " > " + part.problem());
        }
        return texts;
    }

    /** Visits the fields of the object the parser stands on; absent is as good as empty. */
    final void each(FieldVisitor visitor) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        String owner = json.currentName();
        ObjectPart part = new ObjectPart(json) {
            @Override
            protected void field(String name) throws IOException {
                visitor.field(name);
            }
        };
        if (!part.read()) {
            wrong(owner + " " + part.problem());
        }
    }

    /** What came, in words. */
    final String found() {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_ARRAY) {
            return "a list";
        }
        if (token == JsonToken.START_OBJECT) {
            return "an object";
        }
        if (token == JsonToken.VALUE_STRING) {
            return "a text";
        }
        return token.isNumeric() ? "another number" : token.asString();
    }

    /** Called for each field with the parser on its value. */
    interface FieldVisitor {
        void field(String name) throws IOException;
    }
}
