package dev.berth.image;

/**
 * A name for an image within its project. Any non-empty text is a legal name, slashes included (rest-api 3.10).
 *
 * @param name the name, not empty
 * @param description free text, may be empty
 */
public record Alias(String name, String description) {
    public Alias {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("an alias needs a name, got an empty one");
        }
        description = description == null ? "" : description;
    }
}
