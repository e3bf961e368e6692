package dev.berth.simplestreams.publish;

import dev.berth.image.Alias;
import dev.berth.image.Image;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which name stands for which image in the catalog. */
final class CatalogNames {
    private final Map<String, Image> owners = new HashMap<>();

    private CatalogNames() {}

    static CatalogNames of(Collection<Image> images) {
        CatalogNames names = new CatalogNames();
        images.forEach(image -> own(image).forEach(name -> names.owners.put(name, image)));
        return names;
    }

    /** The names an image has in the catalog. */
    static List<String> own(Image image) {
        return image.aliases().stream().map(Alias::name).sorted().toList();
    }

    /** Whether {@code by} would take the name, with or without its architecture, from an image that has it. */
    boolean isTaken(String name, String arch, Image by) {
        return isTaken(name, by) || isTaken(name + "/" + arch, by);
    }

    /** Each architecture may have the name. Clients look for containers of any architecture before virtual machines. */
    private boolean isTaken(String name, Image by) {
        Image owner = owners.get(name);
        return owner != null
                && !owner.fingerprint().equals(by.fingerprint())
                && (owner.architecture() == by.architecture() || owner.type() != by.type());
    }
}
