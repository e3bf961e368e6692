package dev.berth.serve.berth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.IntakeContract.Obtain;
import dev.berth.contract.Requestor;
import dev.berth.image.Architecture;
import dev.berth.image.ImageType;

/**
 * The body of {@code POST /berth/v1/resolve}:
 *
 * <pre>{@code
 * {"source": {"server": "https://…", "protocol": "simplestreams", "certificate": "", "secret": "", "project": ""},
 *  "alias": "debian/13", "fingerprint": "", "type": "container", "architecture": "x86_64", "project": "default"}
 * }</pre>
 *
 * {@code "remote": "https://…"} stands for a source with nothing but a server. Everything but the server and one of alias
 * and fingerprint may be missing.
 *
 * @param source where from
 * @param name alias or fingerprint
 * @param type wanted type, or null
 * @param architecture wanted architecture, or null
 * @param project who will own the record
 */
record ResolveRequest(Source source, String name, ImageType type, Architecture architecture, String project) {

    /** Only administrators send these, so they may speak for us elsewhere. Refused: INVALID, naming the key. */
    static ResolveRequest read(byte[] body) {
        JsonNode json = SmallBody.object(body);
        JsonNode from = json.path("source");
        String server = from.isObject() ? text(from, "server") : text(json, "remote");
        Source source = new Source(
                server, text(from, "protocol"), text(from, "certificate"), text(from, "secret"), text(from, "project"),
                true);
        String fingerprint = text(json, "fingerprint");
        String name = fingerprint.isEmpty() ? text(json, "alias") : fingerprint;
        mustBeSaid(!server.isEmpty(), "the server to ask, as source.server or remote");
        mustBeSaid(!name.isEmpty(), "the image, as alias or fingerprint");
        String project = text(json, "project");
        return new ResolveRequest(
                source, name, type(text(json, "type")), architecture(text(json, "architecture")),
                project.isEmpty() ? "default" : project);
    }

    /** @param imageProject where the project's images live */
    Obtain obtain(String imageProject, String watcher, Requestor requestor) {
        return new Obtain(source, name, type, architecture, imageProject, watcher, requestor);
    }

    private static String text(JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (!value.isTextual() && !value.isMissingNode() && !value.isNull()) {
            throw SmallBody.invalid(key + " must be a text, got " + value);
        }
        return value.isTextual() ? value.textValue() : "";
    }

    private static ImageType type(String name) {
        try {
            return name.isEmpty() ? null : ImageType.of(name);
        } catch (IllegalArgumentException e) {
            throw SmallBody.invalid(e.getMessage());
        }
    }

    private static Architecture architecture(String name) {
        return name.isEmpty()
                ? null
                : Architecture.find(name)
                        .orElseThrow(() -> SmallBody.invalid("architecture must be one like x86_64 or arm64, got \"" + name + "\""));
    }

    private static void mustBeSaid(boolean isSaid, String what) {
        if (!isSaid) {
            throw SmallBody.invalid("expected " + what + ", got none");
        }
    }
}
