package dev.berth.catalog;

import dev.berth.contract.CatalogContract.Found;
import dev.berth.image.Image;
import dev.berth.lxd.ImageDocument;

/**
 * An image with its document, encoded once and served many times. Nobody changes the bytes.
 *
 * @param json the REST document
 * @param etag strong and quoted
 */
record ImageEntry(Image image, byte[] json, String etag) {
    static ImageEntry of(Image image) {
        byte[] json = ImageDocument.json(image);
        return new ImageEntry(image, json, ImageDocument.etag(image, json));
    }

    String hex() {
        return image.fingerprint().hex();
    }

    Found found() {
        return new Found(image, json, etag);
    }
}
