package dev.berth.fetch.direct;

import dev.berth.contract.Refused.Reason;
import dev.berth.fetch.guard.Location;
import dev.berth.fetch.http.FetchFailure;
import java.util.List;
import java.util.Locale;

/** Which hosts images may be imported from by URL. Pure. */
final class DirectHosts {
    private final List<String> allowed;

    /** @param allowed {@code host}, for every port of it, or {@code host:port} */
    DirectHosts(List<String> allowed) {
        this.allowed = allowed.stream().map(host -> host.strip().toLowerCase(Locale.ROOT)).toList();
    }

    /** Throws unless the place may be fetched from. */
    Location checked(Location location) {
        if (allowed.contains(location.host()) || allowed.contains(location.origin())) {
            return location;
        }
        throw FetchFailure.lasting(Reason.FORBIDDEN, "Importing by URL from " + location.origin() + " is not allowed: expected "
                + (allowed.isEmpty() ? "no URL at all, because fetch.direct-hosts is empty" : "one of the hosts in fetch.direct-hosts")
                + "; to open it, an operator adds \"" + location.host() + "\" to fetch.direct-hosts");
    }
}
