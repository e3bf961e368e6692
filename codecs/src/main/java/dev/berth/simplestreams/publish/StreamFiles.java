package dev.berth.simplestreams.publish;

import dev.berth.image.Fingerprint;
import java.util.List;

/**
 * The documents of one stream, all of the same moment. Whoever hands out one of them hands out the others beside it.
 *
 * @param index {@code streams/v1/index.json}
 * @param signedIndex what {@code streams/v1/index.sjson} says: the same, with the signed products file (fact 111)
 * @param images {@code streams/v1/images.json}, which is the text of {@code images.sjson} as well
 * @param leftOut images that are not listed: a fingerprint that is there already, a version that has another file in the
 *     same place, or an image nobody could read
 */
public record StreamFiles(byte[] index, byte[] signedIndex, byte[] images, List<Fingerprint> leftOut) {
    /** Where clients look first, relative to the server's base. */
    public static final String INDEX_PATH = "streams/v1/index.json";
    /** Where the index says the images are. */
    public static final String IMAGES_PATH = "streams/v1/images.json";
    /** Where the signed index says the images are. */
    public static final String SIGNED_IMAGES_PATH = "streams/v1/images.sjson";
}
