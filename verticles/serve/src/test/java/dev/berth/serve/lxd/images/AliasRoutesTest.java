package dev.berth.serve.lxd.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.AliasIs;
import dev.berth.contract.CatalogContract.Aliases;
import dev.berth.contract.CatalogContract.EditAlias;
import dev.berth.contract.Refused;
import dev.berth.image.Alias;
import dev.berth.image.Fingerprint;
import dev.berth.serve.lxd.images.ImageWorld.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** rest-api 3.10. */
class AliasRoutesTest {
    private static final String ALL = "/1.0/images/aliases";
    private static final Set<String> KNOWN = Set.of("debian/12", "a/b/", "x");
    private final ImageWorld world = new ImageWorld();

    AliasRoutesTest() {
        world.features.on(CatalogContract.FIND_ALIAS, asked ->
                KNOWN.contains(asked.name()) && !(asked.visibleOnly() && asked.name().equals("x"))
                        ? Answer.yes(alias(asked.name()))
                        : Answer.no(Refused.notFound("Image alias not found")));
        world.features.on(CatalogContract.LIST_ALIASES, asked -> Answer.yes(
                new Aliases("{\"metadata\":[]}\n".getBytes(StandardCharsets.UTF_8), "\"all\"")));
        world.features.on(CatalogContract.CREATE_ALIAS, asked -> Answer.done());
        world.features.on(CatalogContract.EDIT_ALIAS, asked -> Answer.done());
        world.features.on(CatalogContract.RENAME_ALIAS, asked -> Answer.done());
        world.features.on(CatalogContract.DELETE_ALIAS, asked -> Answer.done());
    }

    private static AliasIs alias(String name) {
        byte[] json = ("{\"name\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
        return new AliasIs(new Alias(name, ""), new Fingerprint(ImageWorld.FINGERPRINT), json, "\"alias\"");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @DisplayName("rest-api 189, 190")
    @CsvSource({"debian%2F12,debian/12", "debian/12,debian/12", "a%2Fb%2F,a/b/", "a/b/,a/b/", "%78,x"})
    void a_name_may_come_escaped_or_raw(String path, String name) {
        Reply reply = world.get(ALL + "/" + path);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("metadata").path("name").asText()).isEqualTo(name);
        assertThat(reply.header("ETag")).isEqualTo("\"alias\"");
    }

    @Test
    void escaping_is_undone_once_and_a_plus_is_a_plus() {
        world.get(ALL + "/c++%252F");

        assertThat(world.features.lastAsked(CatalogContract.FIND_ALIAS).name()).isEqualTo("c++%2F");
    }

    @Test
    @DisplayName("rest-api 43")
    void strangers_see_aliases_of_public_images_only() {
        assertThat(world.get(ALL + "/debian%2F12", "Test-Caller", "stranger").status()).isEqualTo(200);
        Reply hidden = world.get(ALL + "/x", "Test-Caller", "stranger");
        Reply unknown = world.get(ALL + "/y", "Test-Caller", "stranger");

        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.error()).isEqualTo("Not Found");
        assertThat(hidden.body()).isEqualTo(unknown.body());
        assertThat(world.get(ALL + "/y").error()).isEqualTo("Image alias not found");
    }

    @Test
    @DisplayName("rest-api 42, 197")
    void the_list_is_for_trusted_callers() {
        assertThat(world.get(ALL, "Test-Caller", "stranger").status()).isEqualTo(403);
        assertThat(world.get(ALL + "?recursion=1&project=p1").status()).isEqualTo(200);
        CatalogContract.ListAliases asked = world.features.lastAsked(CatalogContract.LIST_ALIASES);
        assertThat(asked.recursive()).isTrue();
        assertThat(asked.projects()).containsExactly("p1");
        assertThat(asked.withProject()).isTrue();
    }

    @Test
    @DisplayName("rest-api 187")
    void a_new_alias_is_at_its_escaped_location() {
        Reply reply = create("{\"name\":\"debian/12\",\"description\":\"d\",\"target\":\"0123\",\"type\":\"ignored\"}");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Location")).isEqualTo(ALL + "/debian%2F12");
        assertThat(reply.json().path("metadata").isNull()).isTrue();
        CatalogContract.CreateAlias asked = world.features.lastAsked(CatalogContract.CREATE_ALIAS);
        assertThat(asked.alias()).isEqualTo(new Alias("debian/12", "d"));
        assertThat(asked.target()).isEqualTo("0123");
        assertThat(asked.tolerateTwin()).isFalse();
    }

    @Test
    @DisplayName("rest-api 187")
    void a_name_that_is_taken_is_a_conflict() {
        world.features.on(CatalogContract.CREATE_ALIAS, asked ->
                Answer.no(Refused.conflict("Alias \"" + asked.alias().name() + "\" already exists")));

        Reply reply = create("{\"name\":\"x\",\"target\":\"0123\"}");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.error()).isEqualTo("Alias \"x\" already exists");
    }

    @ParameterizedTest
    @DisplayName("rest-api 188")
    @ValueSource(strings = {"{}", "{\"name\":\"x\"}", "{\"target\":\"0123\"}", "{\"name\":\"\",\"target\":\"0123\"}"})
    void a_new_alias_needs_name_and_target(String body) {
        Reply reply = create(body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("name and target are required");
    }

    @Test
    @DisplayName("rest-api 192")
    void a_put_moves_an_alias_and_needs_a_target() {
        Reply moved = world.send("PUT", ALL + "/x", "{\"target\":\"f00d\"}", "If-Match", "\"alias\"");

        assertThat(moved.status()).isEqualTo(200);
        EditAlias asked = world.features.lastAsked(CatalogContract.EDIT_ALIAS);
        assertThat(asked.target()).isEqualTo("f00d");
        assertThat(asked.description()).isEmpty();
        assertThat(asked.ifMatch()).isEqualTo("\"alias\"");
        Reply refused = world.send("PUT", ALL + "/x", "{\"description\":\"d\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("The target field is required");
    }

    @Test
    @DisplayName("rest-api 193")
    void a_patch_changes_only_what_it_names() {
        world.send("PATCH", ALL + "/x", "{\"description\":\"new\"}");

        EditAlias asked = world.features.lastAsked(CatalogContract.EDIT_ALIAS);
        assertThat(asked.target()).isNull();
        assertThat(asked.description()).isEqualTo("new");
        assertThat(world.send("PATCH", ALL + "/x", "{\"description\":1}").error())
                .isEqualTo("`description` was not a string");
    }

    @Test
    @DisplayName("rest-api 194")
    void a_stale_tag_is_412() {
        world.features.on(CatalogContract.EDIT_ALIAS, asked -> Answer.no(Refused.changed("a", "b")));

        assertThat(world.send("PATCH", ALL + "/x", "{}", "If-Match", "b").status()).isEqualTo(412);
    }

    @Test
    @DisplayName("rest-api 191")
    void a_renamed_alias_is_at_its_new_location() {
        Reply reply = world.send("POST", ALL + "/a/b/", "{\"name\":\"c/d\"}");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Location")).isEqualTo(ALL + "/c%2Fd");
        assertThat(world.features.lastAsked(CatalogContract.RENAME_ALIAS).name()).isEqualTo("a/b/");
        assertThat(world.send("POST", ALL + "/x", "{}").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("rest-api 195, 196")
    void a_deletion_names_project_and_alias() {
        Reply reply = world.send("DELETE", ALL + "/debian%2F12?project=p1", BodyPublishers.noBody());

        assertThat(reply.status()).isEqualTo(200);
        CatalogContract.DeleteAlias asked = world.features.lastAsked(CatalogContract.DELETE_ALIAS);
        assertThat(asked.project()).isEqualTo("p1");
        assertThat(asked.name()).isEqualTo("debian/12");
    }

    @Test
    void an_alias_may_be_called_like_a_verb_of_images() {
        world.send("DELETE", ALL + "/export", BodyPublishers.noBody());

        assertThat(world.features.lastAsked(CatalogContract.DELETE_ALIAS).name()).isEqualTo("export");
    }

    private Reply create(String body) {
        return world.send("POST", ALL, body);
    }
}
