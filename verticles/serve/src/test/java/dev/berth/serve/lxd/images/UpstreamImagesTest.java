package dev.berth.serve.lxd.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.Done;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.MirrorContract;
import dev.berth.contract.MirrorContract.BringImage;
import dev.berth.contract.MirrorContract.FindMirrored;
import dev.berth.contract.MirrorContract.Mirrored;
import dev.berth.contract.MirrorContract.Upstream;
import dev.berth.contract.MirrorContract.Upstreams;
import dev.berth.contract.PathPrefix;
import dev.berth.contract.Refused;
import dev.berth.contract.Refused.Reason;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Local;
import dev.berth.contract.StoreContract.Missing;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Access;
import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import dev.berth.serve.edge.AccessConf;
import dev.berth.serve.edge.LoopbackEdge;
import dev.berth.serve.lxd.images.ImageWorld.Reply;
import dev.berth.testkit.ImageFixtures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** REST clients over any upstream: mirror, catalog and store are lambdas. */
class UpstreamImagesTest {
    private static final byte[] METADATA = RawUploadTest.random(3_000);
    private static final byte[] ROOTFS = RawUploadTest.random(300_000);
    private static final String SPLIT = ImageFixtures.fingerprint(METADATA, ROOTFS);
    private static final String VM = "ee".repeat(32);
    private static final Source SOURCE = new Source("https://images.test", "simplestreams", "", "", "");
    private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");
    private static final String[] STRANGER = {LoopbackEdge.CALLER, "stranger"};

    @TempDir
    Path folder;

    private final AccessConf access = new AccessConf(AccessConf.paths(List.of("/mirror/hidden")), 0, 1);
    private final ImageWorld world = new ImageWorld(access);
    private final List<Upstream> upstreams = new ArrayList<>(List.of(
            upstream("ubuntu", DAY, "rest", "streams"), upstream("quiet", DAY, "streams"), upstream("hidden", DAY, "rest")));
    private final Map<BlobId, StoreContract.Opened> stored = new ConcurrentHashMap<>();
    private Answer<Mirrored> trouble;

    @BeforeEach
    void answer() {
        world.features.on(MirrorContract.UPSTREAMS, asked -> new Upstreams(List.copyOf(upstreams)));
        world.features.on(MirrorContract.FIND, this::find);
        world.features.on(CatalogContract.FIND_ALIAS, asked -> Answer.no(Refused.notFound("Image alias not found")));
        world.features.on(StoreContract.OPEN, asked -> stored.getOrDefault(asked.blob(), new Missing(asked.blob())));
        world.features.on(TrustContract.RECOGNISE_ACCESS, asked -> asked.token().equals("good")
                ? Answer.yes(new Access("guest", List.of(new PathPrefix("/mirror/hidden")), DAY, null))
                : Answer.no(Refused.forbidden("the access token is not known here")));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void an_alias_of_an_exposed_upstream_is_one_of_ours_with_its_name_before_it() {
        for (String path : List.of("ubuntu%2Fnoble", "ubuntu/noble")) {
            JsonNode alias = world.get("/1.0/images/aliases/" + path, STRANGER).json().get("metadata");

            assertThat(alias.get("name").asText()).isEqualTo("ubuntu/noble");
            assertThat(alias.get("target").asText()).isEqualTo(SPLIT);
            assertThat(alias.get("type").asText()).isEqualTo("container");
            assertThat(alias.get("description").asText()).isEqualTo("Ubuntu noble");
        }
    }

    @Test
    void the_virtual_machine_of_the_same_name_has_a_name_of_its_own() {
        JsonNode alias = world.get("/1.0/images/aliases/ubuntu%2Fnoble%2Fvm").json().get("metadata");

        assertThat(alias.get("type").asText()).isEqualTo("virtual-machine");
        assertThat(alias.get("target").asText()).isEqualTo(VM);
    }

    @Test
    void what_is_not_exposed_or_not_there_is_not_found() {
        for (String name : List.of("quiet/noble", "ubuntu/plucky", "ubuntu/", "/noble", "nobody/noble", "ubuntu")) {
            assertThat(world.get("/1.0/images/aliases/" + name).error()).as(name).isEqualTo("Image alias not found");
            assertThat(world.get("/1.0/images/aliases/" + name, STRANGER).error()).as(name).isEqualTo("Not Found");
        }
    }

    @Test
    void the_document_of_an_image_is_made_of_the_upstreams_index() {
        JsonNode image = world.get("/1.0/images/" + SPLIT, STRANGER).json().get("metadata");

        assertThat(image.get("fingerprint").asText()).isEqualTo(SPLIT);
        assertThat(image.get("public").asBoolean()).isTrue();
        assertThat(image.get("size").asLong()).isEqualTo(METADATA.length + ROOTFS.length);
        assertThat(image.get("architecture").asText()).isEqualTo("x86_64");
        assertThat(image.at("/properties/release").asText()).isEqualTo("noble");
        assertThat(image.at("/aliases/0/name").asText()).isEqualTo("ubuntu/noble");
        assertThat(image.get("created_at").asText()).isEqualTo("2026-11-20T00:00:00Z");
        assertThat(image.get("expires_at").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(image.has("update_source")).isFalse();
        assertThat(world.get("/1.0/images/" + SPLIT.substring(0, 12), STRANGER).json().at("/metadata/fingerprint").asText())
                .isEqualTo(SPLIT);
    }

    @Test
    void what_is_here_wins_over_what_an_upstream_says_of_it() {
        world.images.add(ImageWorld.image("default", SPLIT, false));

        assertThat(world.get("/1.0/images/" + SPLIT).json().get("metadata").has("size")).isFalse();
        assertThat(world.get("/1.0/images/" + SPLIT, STRANGER).json().get("metadata").has("size")).isTrue();
    }

    @Test
    void strangers_in_another_project_and_changes_see_nothing_of_it() {
        assertThat(world.get("/1.0/images/" + SPLIT + "?project=p1", STRANGER).status()).isEqualTo(404);
        assertThat(world.get("/1.0/images/aliases/ubuntu%2Fnoble?project=p1", STRANGER).status()).isEqualTo(404);
        assertThat(world.get("/1.0/images/" + SPLIT + "?project=p1").status()).isEqualTo(200);
        assertThat(world.send("DELETE", "/1.0/images/" + SPLIT, "").status()).isEqualTo(404);
        assertThat(world.send("PUT", "/1.0/images/" + SPLIT, "{}").status()).isEqualTo(404);
        assertThat(world.send("POST", "/1.0/images/" + SPLIT + "/secret", "").status()).isEqualTo(404);
    }

    @Test
    void a_private_upstream_is_there_for_those_with_its_token() {
        String alias = "/1.0/images/aliases/hidden%2Fnoble";
        upstreams.remove(0);

        assertThat(world.get(alias, STRANGER).status()).isEqualTo(404);
        assertThat(world.get("/1.0/images/" + SPLIT, STRANGER).status()).isEqualTo(404);
        assertThat(world.get("/1.0/images/" + SPLIT + "/export", STRANGER).status()).isEqualTo(404);
        assertThat(world.get(alias, LoopbackEdge.CALLER, "stranger", "Authorization", "Bearer bad").status()).isEqualTo(404);
        assertThat(world.get(alias, LoopbackEdge.CALLER, "stranger", "Authorization", "Bearer good").status()).isEqualTo(200);
        assertThat(world.get(alias).status()).as("a trusted client").isEqualTo(200);
    }

    @Test
    void an_upstream_that_never_told_its_list_says_so_under_its_name_and_keeps_nobody_waiting_elsewhere() {
        trouble = Answer.no(new Refused(Reason.UNAVAILABLE, "upstream ubuntu has not answered yet"));
        upstreams.set(0, upstream("ubuntu", null, "rest"));

        Reply alias = world.get("/1.0/images/aliases/ubuntu%2Fnoble", STRANGER);

        assertThat(alias.status()).isEqualTo(503);
        assertThat(alias.error()).isEqualTo("upstream ubuntu has not answered yet");
        assertThat(world.get("/1.0/images/" + "99".repeat(32), STRANGER).status()).isEqualTo(404);
        assertThat(world.features.asked(MirrorContract.FIND)).extracting(FindMirrored::upstream).doesNotContain("quiet");
    }

    @Test
    void a_prefix_that_fits_several_images_is_refused() {
        trouble = Answer.no(Refused.invalid("More than one match for the provided partial fingerprint"));

        assertThat(world.get("/1.0/images/a").error()).isEqualTo("More than one image matches");
        assertThat(world.get("/1.0/images/0").status()).as("local images come first").isEqualTo(200);
    }

    @Test
    void an_export_brings_the_image_and_has_the_length_that_was_announced() throws Exception {
        world.features.onLater(MirrorContract.BRING_IMAGE, asked -> {
            store();
            return Future.succeededFuture(Answer.done());
        });

        Reply got = world.get("/1.0/images/" + SPLIT + "/export", STRANGER);

        assertThat(got.status()).isEqualTo(200);
        assertThat(got.header("Content-Length")).isEqualTo(String.valueOf(got.body().length));
        assertThat(got.header("Cache-Control")).isEmpty();
        assertThat(got.text()).contains("name=\"metadata\"; filename=\"meta-" + SPLIT + ".tar.xz\"")
                .contains("name=\"rootfs\"; filename=\"" + SPLIT + ".squashfs\"");
        assertThat(world.features.lastAsked(MirrorContract.BRING_IMAGE))
                .isEqualTo(new BringImage("ubuntu", new Fingerprint(SPLIT)));
    }

    @Test
    void the_answer_begins_before_the_transfer_ended() throws Exception {
        Promise<Answer<Done>> transfer = Promise.promise();
        world.features.onLater(MirrorContract.BRING_IMAGE, asked -> {
            store();
            return transfer.future();
        });

        CompletableFuture<Reply> got =
                CompletableFuture.supplyAsync(() -> world.get("/1.0/images/" + SPLIT + "/export", STRANGER));

        assertThat(got.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(transfer.future().isComplete()).isFalse();
        transfer.complete(Answer.done());
    }

    @Test
    void what_the_upstream_does_wrong_is_told_as_its_fault() {
        world.features.on(MirrorContract.BRING_IMAGE, asked -> Answer.no(
                Refused.invalid("fingerprint mismatch: expected 75182b12, got 9f0c, from https://images.test")));

        Reply got = world.get("/1.0/images/" + SPLIT + "/export", STRANGER);

        assertThat(got.status()).isEqualTo(502);
        assertThat(got.error()).contains("fingerprint mismatch").contains("https://images.test");
        assertThat(got.header("Content-Disposition")).isEmpty();
    }

    @Test
    void a_head_and_a_known_tag_bring_nothing() {
        String path = "/1.0/images/" + SPLIT + "/export";

        Reply head = world.send("HEAD", path, "", STRANGER);

        assertThat(head.status()).isEqualTo(200);
        assertThat(Long.parseLong(head.header("Content-Length"))).isGreaterThan(METADATA.length + ROOTFS.length);
        assertThat(world.get(path, LoopbackEdge.CALLER, "stranger", "If-None-Match", head.header("ETag")).status()).isEqualTo(304);
        assertThat(world.features.asked(MirrorContract.BRING_IMAGE)).isEmpty();
    }

    /** Servers of the LXD protocol do not tell what files an image has. */
    @Test
    void an_upstream_that_tells_no_files_is_waited_for() throws Exception {
        String unified = ImageFixtures.fingerprint(ROOTFS);
        upstreams.add(upstream("lxd", DAY, "rest"));
        world.features.onLater(MirrorContract.BRING_IMAGE, asked -> {
            store();
            Image here = ImageWorld.image("default", unified, false);
            world.images.add(new Image(
                    here.project(), here.fingerprint(), here.type(), here.architecture(), false, false, true, "", Map.of(),
                    List.of(), List.of(), List.of(new ImageFile(
                            ImageFile.Role.UNIFIED, new BlobId(unified), ROOTFS.length, ".tar.xz")),
                    DAY, DAY, DAY, DAY, null));
            return Future.succeededFuture(Answer.done());
        });

        Reply got = world.get("/1.0/images/" + unified + "/export", STRANGER);

        assertThat(got.status()).isEqualTo(200);
        assertThat(got.body()).isEqualTo(ROOTFS);
    }

    private Answer<Mirrored> find(FindMirrored asked) {
        if (trouble != null) {
            return trouble;
        }
        boolean isVm = asked.type() == ImageType.VIRTUAL_MACHINE;
        String unified = ImageFixtures.fingerprint(ROOTFS);
        if (asked.upstream().equals("lxd")) {
            return unified.startsWith(asked.name()) ? yes(offer(unified, ImageType.CONTAINER, List.of())) : missing();
        }
        if (asked.name().equals("noble")) {
            return yes(isVm ? offer(VM, ImageType.VIRTUAL_MACHINE, List.of()) : split());
        }
        return SPLIT.startsWith(asked.name()) && !asked.name().isEmpty() ? yes(split()) : missing();
    }

    private static Answer<Mirrored> yes(Offer offer) {
        return Answer.yes(new Mirrored(SOURCE, offer));
    }

    private static Answer<Mirrored> missing() {
        return Answer.no(Refused.notFound("Image not found"));
    }

    private static Offer split() {
        return offer(SPLIT, ImageType.CONTAINER, List.of(
                new OfferedFile("a/lxd.tar.xz", METADATA.length, ImageFixtures.fingerprint(METADATA), List.of()),
                new OfferedFile("a/root.squashfs", ROOTFS.length, ImageFixtures.fingerprint(ROOTFS), List.of())));
    }

    private static Offer offer(String fingerprint, ImageType type, List<OfferedFile> files) {
        return new Offer(
                new Fingerprint(fingerprint), "", type, Architecture.X86_64,
                Map.of("release", "noble", "description", "Ubuntu noble"), List.of(new Alias("noble", "")), "lxd.tar.xz",
                true, METADATA.length + ROOTFS.length, DAY, null, files);
    }

    private static Upstream upstream(String name, Instant asked, String... expose) {
        return new Upstream(name, "simplestreams", "https://images.test", List.of(expose), 1, asked, "");
    }

    private void store() {
        try {
            for (byte[] bytes : List.of(METADATA, ROOTFS)) {
                BlobId blob = new BlobId(ImageFixtures.fingerprint(bytes));
                Path file = Files.write(folder.resolve(blob.hex()), bytes);
                stored.put(blob, new Local(file.toString(), bytes.length));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
