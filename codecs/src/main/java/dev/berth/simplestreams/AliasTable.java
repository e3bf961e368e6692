package dev.berth.simplestreams;

import dev.berth.image.Architecture;
import dev.berth.image.ImageType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who has which name: in the order of the images, the first claim of a name per type and architecture wins (formats 3.6). */
final class AliasTable {
    private final AliasNames names;
    private final Map<Claim, StreamImage> owners = new HashMap<>();

    AliasTable(AliasNames names, Collection<StreamImage> inOrder) {
        this.names = names;
        Map<Product.Facts, Set<ImageType>> done = new IdentityHashMap<>();
        for (StreamImage image : inOrder) {
            if (done.computeIfAbsent(image.facts(), facts -> new HashSet<>()).add(image.type())) {
                names.shortOf(image).forEach(name -> claim(name, image));
            }
        }
    }

    /** The image with this name, or null. */
    StreamImage owner(String name, ImageType type, Architecture architecture) {
        return owners.get(new Claim(name, type, architecture));
    }

    /** The names {@code image} won, as a client on {@code host} sees them: short ones only for its own architecture. */
    List<String> wonBy(StreamImage image, Architecture host) {
        List<String> won = new ArrayList<>();
        for (String name : names.shortOf(image)) {
            if (image.architecture() == host && owns(name, image)) {
                won.add(name);
            }
            if (owns(names.medium(name, image), image)) {
                won.add(names.medium(name, image));
            }
        }
        return won.stream().distinct().toList();
    }

    private void claim(String name, StreamImage image) {
        owners.putIfAbsent(new Claim(name, image.type(), image.architecture()), image);
        owners.putIfAbsent(new Claim(names.medium(name, image), image.type(), image.architecture()), image);
    }

    private boolean owns(String name, StreamImage image) {
        return owner(name, image.type(), image.architecture()) == image;
    }

    private record Claim(String name, ImageType type, Architecture architecture) {}
}
