package dev.berth.wire;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.berth.contract.Answer;
import java.nio.charset.StandardCharsets;

/**
 * Records of the contracts as JSON: {@code <class name> \n <object>}.
 *
 * <p>Only records of the {@code dev.berth.contract} and {@code dev.berth.image} packages are written or read, whatever
 * a message claims to be; Java serialization is never used.
 */
public final class WireJson {
    private static final String CONTRACT = "dev.berth.contract.";
    private static final String IMAGE = "dev.berth.image.";
    private static final ObjectMapper MAPPER = mapper();

    private WireJson() {}

    /** Fails with {@link IllegalArgumentException} for anything that is no such record. */
    public static byte[] encode(Object message) {
        try {
            String name = allowed(message.getClass()).getName();
            return (name + "\n" + MAPPER.writeValueAsString(message)).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot write " + message.getClass().getName() + " as JSON", e);
        }
    }

    /** Fails with {@link IllegalArgumentException} for anything that was not written so. */
    public static Object decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int line = text.indexOf('\n');
        if (line < 0) {
            throw new IllegalArgumentException("a bus message must begin with its record's name, got none");
        }
        try {
            return MAPPER.readValue(text.substring(line + 1), named(text.substring(0, line)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot read a " + text.substring(0, line) + " from JSON", e);
        }
    }

    private static Class<?> named(String name) {
        if (!name.startsWith(CONTRACT) && !name.startsWith(IMAGE)) {
            throw new IllegalArgumentException("a bus message must be a record of the contracts, got " + name);
        }
        try {
            return allowed(Class.forName(name, false, WireJson.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("a bus message must be a known record, got " + name, e);
        }
    }

    private static Class<?> allowed(Class<?> type) {
        boolean ours = type.getName().startsWith(CONTRACT) || type.getName().startsWith(IMAGE);
        if (!ours || !type.isRecord()) {
            throw new IllegalArgumentException("a bus message must be a record of the contracts, got " + type.getName());
        }
        return type;
    }

    private static ObjectMapper mapper() {
        PolymorphicTypeValidator ours = BasicPolymorphicTypeValidator.builder()
                .allowIfSubType(CONTRACT)
                .allowIfSubType(IMAGE)
                .build();
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addMixIn(Answer.Yes.class, AnyAnswer.class)
                .setDefaultTyping(new SealedTypes(ours)
                        .init(JsonTypeInfo.Id.CLASS, null)
                        .inclusion(JsonTypeInfo.As.PROPERTY))
                .build();
    }

    /** What a yes carries is named beside it, because its type is only known to the call. */
    private record AnyAnswer(
            @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class") Object value) {}

    /** Values declared as a sealed family carry the name of their member; nothing else does. */
    private static final class SealedTypes extends ObjectMapper.DefaultTypeResolverBuilder {
        SealedTypes(PolymorphicTypeValidator validator) {
            super(ObjectMapper.DefaultTyping.NON_FINAL, validator);
        }

        @Override
        public boolean useForType(JavaType type) {
            return type.getRawClass().isSealed();
        }
    }
}
