package dev.berth.catalog;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract.Aliases;
import dev.berth.contract.CatalogContract.ListAliases;
import dev.berth.lxd.EntityTag;
import dev.berth.lxd.Envelope;

/** Puts lists of aliases together: project by project, by name. Pure. */
final class AliasLists {
    private AliasLists() {}

    static Answer<Aliases> list(Snapshot snapshot, ListAliases call) {
        JsonArray array = new JsonArray();
        for (String project : call.projects()) {
            snapshot.shelf(project).aliases().stream().forEach(entry -> {
                if (call.recursive()) {
                    array.add(entry.json());
                } else {
                    array.addText(Urls.alias(project, entry.name(), call.withProject()));
                }
            });
        }
        byte[] body = Envelope.sync(array.bytes());
        return Answer.yes(new Aliases(body, EntityTag.of(body)));
    }
}
