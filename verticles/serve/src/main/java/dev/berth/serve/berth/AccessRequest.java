package dev.berth.serve.berth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.PathPrefix;
import dev.berth.contract.Requestor;
import dev.berth.contract.TrustContract.AddAccess;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of {@code POST /berth/v1/access}: {@code {"name": "guest", "paths": ["/mirror/ubuntu"], "expires_in": 86400}}.
 *
 * @param seconds from now until the token is void; 0, or missing, for never
 */
record AccessRequest(String name, List<PathPrefix> paths, long seconds) {

    /** Refused: INVALID, naming the key. */
    static AccessRequest read(byte[] body) {
        JsonNode json = SmallBody.object(body);
        JsonNode seconds = json.path("expires_in");
        if (!seconds.isMissingNode() && !seconds.isNull() && !seconds.canConvertToLong()) {
            throw SmallBody.invalid("expires_in must be a number of seconds, got " + seconds);
        }
        return new AccessRequest(json.path("name").asText(""), paths(json.path("paths")), seconds.asLong(0));
    }

    AddAccess add(Requestor requestor) {
        return new AddAccess(name, paths, seconds, requestor);
    }

    private static List<PathPrefix> paths(JsonNode given) {
        List<PathPrefix> paths = new ArrayList<>();
        for (JsonNode path : given) {
            paths.add(path(path));
        }
        return paths;
    }

    private static PathPrefix path(JsonNode text) {
        try {
            return PathPrefix.of(text.asText(""));
        } catch (IllegalArgumentException e) {
            throw SmallBody.invalid("paths: " + e.getMessage());
        }
    }
}
