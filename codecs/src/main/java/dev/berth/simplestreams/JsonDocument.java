package dev.berth.simplestreams;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** One JSON object per document, read token by token from UTF-8; the caller's stream stays open. */
final class JsonDocument {
    private static final int DEEPEST = 100;
    private static final int LONGEST_NAME = 4096;

    private JsonDocument() {}

    /** What wants to read the fields of the outermost object. */
    interface Body {
        ObjectPart of(JsonParser json);
    }

    static void read(InputStream in, ReadLimits limits, Body body) throws IOException {
        InputStream bounded = new BoundedInput(in, limits.documentBytes());
        try (JsonParser json = factory(limits).createParser(new InputStreamReader(bounded, StandardCharsets.UTF_8))) {
            json.nextToken();
            whole(json, body.of(json));
        } catch (JsonProcessingException e) {
            throw new StreamFormatException("the document is not usable JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static void whole(JsonParser json, ObjectPart part) throws IOException {
        if (json.currentToken() == null) {
            throw new StreamFormatException("the document must be a JSON object, but it is empty");
        }
        if (!part.read()) {
            throw new StreamFormatException("the document: " + part.problem());
        }
        JsonToken after = json.nextToken();
        if (after != null) {
            throw new StreamFormatException("the document must end after its JSON object, but it goes on");
        }
    }

    /** Field names are not remembered between documents: they are a stranger's, and there may be millions. */
    private static JsonFactory factory(ReadLimits limits) {
        return new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxNameLength(LONGEST_NAME)
                        .maxNumberLength(limits.textCharacters())
                        .maxStringLength(limits.textCharacters())
                        .build())
                .configure(StreamReadFeature.AUTO_CLOSE_SOURCE, false)
                .build();
    }
}
