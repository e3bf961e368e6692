package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Python library, which neither escapes alias names nor names the type of what it uploads (rest-api 9.5; 93, 227). */
class PylxdTest {
    @TempDir
    static Path folder;

    @AutoClose
    private static RunningBerth berth;

    private static Pylxd pylxd;

    @BeforeAll
    static void start() throws Exception {
        berth = RunningBerth.in(folder.resolve("data"));
        pylxd = Pylxd.trusted(Files.createDirectory(folder.resolve("trusted")), berth);
    }

    @Test
    @DisplayName("rest-api 93, 227")
    void an_image_is_uploaded_found_exported_named_edited_and_deleted() throws Exception {
        byte[] image = ImageFixtures.unified(Packing.XZ);
        String fingerprint = ImageFixtures.fingerprint(image);
        Path out = folder.resolve("unified.out");

        assertThat(pylxd.run("""
                image = client.images.create(open(words[0], 'rb').read(), public=True, wait=True)
                print(image.fingerprint)
                print(image.fingerprint in [each.fingerprint for each in client.images.all()])
                found = client.images.get(image.fingerprint)
                print(found.architecture, found.public, found.properties['release'], found.size)
                open(words[1], 'wb').write(found.export().read())
                found.add_alias('debian/12', 'a description')
                named = client.images.get_by_alias('debian/12')
                print(named.fingerprint == found.fingerprint, [alias['name'] for alias in named.aliases])
                named.properties['colour'] = 'green'
                named.public = False
                named.save(wait=True)
                again = client.images.get(image.fingerprint)
                print(again.public, again.properties['colour'], again.properties['os'])
                again.delete_alias('debian/12')
                try:
                    client.images.get_by_alias('debian/12')
                except exceptions.NotFound as gone:
                    print('NotFound', gone)
                again.delete(wait=True)
                print(client.images.exists(image.fingerprint))
                """, Files.write(folder.resolve("unified"), image).toString(), out.toString()))
                .containsExactly(
                        fingerprint,
                        "True",
                        "x86_64 True 3.20 " + image.length,
                        "True ['debian/12']",
                        "False green Alpine",
                        "NotFound Image alias not found",
                        "False");
        assertThat(out).hasBinaryContent(image);
    }

    @Test
    @DisplayName("rest-api 95, 227")
    void a_split_image_is_uploaded_from_its_two_files() throws Exception {
        byte[] metadata = ImageFixtures.metadataTarball(Packing.GZIP);
        byte[] rootfs = ImageFixtures.squashfsLike(200_000);

        assertThat(pylxd.run("""
                with open(words[1], 'rb') as rootfs, open(words[0], 'rb') as metadata:
                    image = client.images.create(rootfs, metadata=metadata, wait=True)
                print(image.fingerprint, image.size, image.public)
                image.delete(wait=True)
                print(client.images.exists(image.fingerprint))
                """,
                Files.write(folder.resolve("metadata"), metadata).toString(),
                Files.write(folder.resolve("rootfs"), rootfs).toString()))
                .containsExactly(
                        ImageFixtures.fingerprint(metadata, rootfs) + " " + (metadata.length + rootfs.length) + " False", "False");
    }

    @Test
    @DisplayName("rest-api 101, 113, 227")
    void refusals_reach_the_script_as_exceptions_with_their_reason() throws Exception {
        Path image = Files.write(folder.resolve("twice"), ImageFixtures.unifiedNamed(Packing.ZSTD, "twice"));

        assertThat(pylxd.run("""
                data = open(words[0], 'rb').read()
                client.images.create(data, wait=True)
                for each in (data, b'nothing like an image', b''):
                    try:
                        client.images.create(each, wait=True)
                        print('accepted')
                    except exceptions.LXDAPIException as refused:
                        print(refused)
                """, image.toString()))
                .containsExactly("Image with same fingerprint already exists", "Unsupported compression", "EOF");
    }

    @ParameterizedTest(name = "over TLS: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("rest-api 227")
    void a_script_hears_of_events(boolean tls) throws Exception {
        assertThat(pylxd.run("""
                from pylxd.client import EventType
                watched = Client(endpoint=words[0], cert=client.cert, verify=server)
                events = watched.events(event_types={EventType.Lifecycle})
                if events.scheme == 'wss':
                    events.ssl_options = {'certfile': client.cert[0], 'keyfile': client.cert[1]}
                events.connect()
                client.api.patch(json={'config': {'user.seen-by': events.scheme}})
                while not events.messages and events.once():
                    pass
                print([each['metadata']['action'] for each in events.messages])
                """, tls ? berth.https().toString() : "http+unix://" + berth.unixSocket().toString().replace("/", "%2F")))
                .containsExactly("['config-updated']");
    }

    @Test
    @DisplayName("rest-api 209")
    void a_script_hears_that_an_image_was_made_before_its_operation_ends() throws Exception {
        Path image = Files.write(folder.resolve("watched"), ImageFixtures.unifiedNamed(Packing.GZIP, "watched"));

        assertThat(pylxd.run("""
                events = client.events()
                events.ssl_options = {'certfile': client.cert[0], 'keyfile': client.cert[1]}
                events.connect()
                client.images.create(open(words[0], 'rb').read(), wait=True)
                told = []
                while 'Success' not in told and events.once():
                    told = [each['metadata'].get('action') or each['metadata'].get('status') for each in events.messages]
                print([each for each in told if each in ('image-created', 'Success')])
                """, image.toString()))
                .containsExactly("['image-created', 'Success']");
    }

    @Test
    @DisplayName("rest-api 23, 24, 33, 39")
    void a_stranger_authenticates_by_the_trust_password() throws Exception {
        pylxd.run("client.api.patch(json={'config': {'core.trust_password': 'open sesame'}})");
        Pylxd stranger = Pylxd.stranger(Files.createDirectory(folder.resolve("stranger")), berth);

        assertThat(stranger.run("""
                print(client.trusted, client.images.all())
                for password in ('wrong', 'open sesame'):
                    try:
                        client.authenticate(password)
                        print(client.trusted)
                    except exceptions.LXDAPIException as refused:
                        print(refused)
                """)).containsExactly("False []", "not authorized", "True");
    }

    @Test
    @DisplayName("rest-api 27")
    void a_stranger_authenticates_by_a_token() throws Exception {
        String[] lines = berth.cli("token", "pylxd-by-token").split("\n");
        Pylxd stranger = Pylxd.stranger(Files.createDirectory(folder.resolve("by-token")), berth);

        assertThat(stranger.run("""
                import base64, json
                client.authenticate(json.loads(base64.b64decode(words[0]))['secret'])
                print(client.trusted)
                """, lines[lines.length - 1])).containsExactly("True");
    }
}
