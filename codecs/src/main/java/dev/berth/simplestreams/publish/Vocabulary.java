package dev.berth.simplestreams.publish;

import dev.berth.simplestreams.ItemKind;

/** Whose words for metadata and for unified images are used: each family of clients reads its own only (fact 108). */
public enum Vocabulary {
    LXD(ItemKind.LXD_METADATA, ItemKind.LXD_UNIFIED),
    INCUS(ItemKind.INCUS_METADATA, ItemKind.INCUS_UNIFIED);

    private final ItemKind metadata;
    private final ItemKind unified;

    Vocabulary(ItemKind metadata, ItemKind unified) {
        this.metadata = metadata;
        this.unified = unified;
    }

    ItemKind metadata() {
        return metadata;
    }

    ItemKind unified() {
        return unified;
    }
}
