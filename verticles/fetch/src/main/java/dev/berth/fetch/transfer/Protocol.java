package dev.berth.fetch.transfer;

import dev.berth.contract.FetchContract.Catalogued;
import dev.berth.contract.FetchContract.Download;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.ReadCatalogue;
import dev.berth.contract.FetchContract.Resolve;
import io.vertx.core.Future;

/** A way of speaking to other servers. Failures are {@link dev.berth.fetch.http.FetchFailure}. */
public interface Protocol {
    /** What the server has under a name. */
    Future<Offer> resolve(Resolve wanted);

    /** All that the server lists. */
    Future<Catalogued> catalogue(ReadCatalogue wanted);

    /** Opens the transfer's streams and fetches the files into them. Completes when all of it has arrived. */
    Future<Void> download(Download request, Transfer transfer);
}
