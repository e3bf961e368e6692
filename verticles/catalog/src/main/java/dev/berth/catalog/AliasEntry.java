package dev.berth.catalog;

import dev.berth.contract.CatalogContract.AliasIs;
import dev.berth.image.Alias;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.lxd.AliasDocument;

/**
 * A name with what it names and its document.
 *
 * @param target the image it names
 * @param json the REST document
 * @param etag strong and quoted
 */
record AliasEntry(Alias alias, Fingerprint target, byte[] json, String etag) {
    static AliasEntry of(Alias alias, Image image) {
        byte[] json = AliasDocument.json(alias, image.fingerprint(), image.type());
        return new AliasEntry(alias, image.fingerprint(), json, AliasDocument.etag(json));
    }

    String name() {
        return alias.name();
    }

    AliasIs is() {
        return new AliasIs(alias, target, json, etag);
    }
}
