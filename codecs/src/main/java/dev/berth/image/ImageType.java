package dev.berth.image;

/** What kind of instance an image starts. */
public enum ImageType {
    CONTAINER("container"),
    VIRTUAL_MACHINE("virtual-machine");

    private final String wireName;

    ImageType(String wireName) {
        this.wireName = wireName;
    }

    /** The name on the wire and in clients: {@code container} or {@code virtual-machine}. */
    public String wireName() {
        return wireName;
    }

    /** Reads the wire name; the empty name means container (rest-api 3.1). */
    public static ImageType of(String name) {
        for (ImageType type : values()) {
            if (type.wireName.equals(name)) {
                return type;
            }
        }
        if (name == null || name.isEmpty()) {
            return CONTAINER;
        }
        throw new IllegalArgumentException(
                "image type must be \"container\" or \"virtual-machine\", got \"" + name + "\"");
    }
}
