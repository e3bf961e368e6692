package dev.berth.catalog;

import static dev.berth.catalog.RunningCatalog.ANNA;
import static dev.berth.catalog.RunningCatalog.await;
import static dev.berth.testkit.Expect.no;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.ChangeSettings;
import dev.berth.contract.CatalogContract.ReadSettings;
import dev.berth.contract.CatalogContract.Settings;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.Refused;
import dev.berth.kit.secret.PasswordHash;
import dev.berth.lxd.EntityTag;
import dev.berth.lxd.ServerSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogSettingsTest {
    @TempDir
    private Path folder;

    private RunningCatalog catalog;

    @BeforeEach
    void start() throws Exception {
        catalog = RunningCatalog.in(folder);
    }

    @AfterEach
    void stop() throws Exception {
        catalog.close();
    }

    @Test
    @DisplayName("rest-api 219, 221: what was set is read, also after a restart")
    void what_was_set_is_read_also_after_a_restart() throws Exception {
        assertThat(read().values()).isEmpty();
        change(Map.of("images.remote_cache_expiry", "5"), false);
        change(Map.of("images.auto_update_interval", "1"), false);

        catalog.close();
        catalog = RunningCatalog.in(folder);

        assertThat(read().values())
                .isEqualTo(Map.of("images.remote_cache_expiry", "5", "images.auto_update_interval", "1"));
        assertThat(change(Map.of("user.note", "x"), true).values()).isEqualTo(Map.of("user.note", "x"));
    }

    @Test
    @DisplayName("rest-api 220: one bad key refuses the whole change")
    void one_bad_key_refuses_the_whole_change() throws Exception {
        ChangeSettings call = new ChangeSettings(Map.of("images.foo", "1", "user.note", "x"), false, null, ANNA);

        assertThat(catalog.ask(CatalogContract.CHANGE_SETTINGS, call))
                .isEqualTo(Answer.no(Refused.invalid("cannot set 'images.foo' to '1': unknown key")));
        assertThat(read().values()).isEmpty();
    }

    @Test
    @DisplayName("rest-api 222: the trust password is kept as a hash, and an echo leaves it alone")
    void the_trust_password_is_kept_as_a_hash() throws Exception {
        Settings set = change(Map.of("core.trust_password", "s3cret"), false);

        assertThat(set.values()).isEmpty();
        assertThat(set.hasTrustPassword()).isTrue();
        assertThat(PasswordHash.fits("s3cret", set.trustPasswordHash())).isTrue();
        assertThat(change(Map.of("core.trust_password", "true"), true)).isEqualTo(set);
        assertThat(change(Map.of("user.a", "b"), true).trustPasswordHash()).isEqualTo(set.trustPasswordHash());
        assertThat(change(Map.of("core.trust_password", ""), false).hasTrustPassword()).isFalse();
    }

    @Test
    @DisplayName("rest-api 221: at the very same moment, too")
    void of_two_who_replace_what_they_both_read_one_is_told_that_it_changed() throws Exception {
        String read = EntityTag.of(ServerSettings.editable(read().values()));

        Future<Answer<Settings>> one = replace(Map.of("user.a", "1"), read);
        Future<Answer<Settings>> other = replace(Map.of("user.b", "2"), read);

        assertThat(await(one)).isInstanceOf(Answer.Yes.class);
        assertThat(no(await(other)).reason()).isEqualTo(Refused.Reason.CHANGED);
        assertThat(read().values()).containsOnlyKeys("user.a");
    }

    @Test
    void a_change_is_told_without_secrets() throws Exception {
        Promise<String> heard = Promise.promise();
        await(catalog.bus.hear(OperationsContract.EVENT, event -> heard.tryComplete(event.json())));

        change(Map.of("core.trust_password", "s3cret", "user.a", "b"), false);

        assertThat(await(heard.future()))
                .contains("\"action\":\"config-updated\"", "\"source\":\"/1.0\"", "\"user.a\":\"b\"", "\"core.trust_password\":\"true\"")
                .doesNotContain("s3cret", "pbkdf2");
    }

    @Test
    void whoever_may_not_read_the_settings_does_not_hear_of_them_either() throws Exception {
        Promise<OperationsContract.Event> heard = Promise.promise();
        await(catalog.bus.hear(OperationsContract.EVENT, heard::tryComplete));

        change(Map.of("core.proxy_http", "http://user:password@proxy"), false);

        assertThat(await(heard.future()).adminsOnly()).isTrue();
    }

    private Future<Answer<Settings>> replace(Map<String, String> values, String ifMatch) {
        return catalog.bus.ask(CatalogContract.CHANGE_SETTINGS, new ChangeSettings(values, true, ifMatch, ANNA));
    }

    private Settings read() throws Exception {
        return await(catalog.bus.ask(CatalogContract.READ_SETTINGS, new ReadSettings()));
    }

    private Settings change(Map<String, String> values, boolean replace) throws Exception {
        return catalog.require(CatalogContract.CHANGE_SETTINGS, new ChangeSettings(values, replace, null, ANNA));
    }
}
