package dev.berth.serve.lxd.server;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.ChangeSettings;
import dev.berth.contract.CatalogContract.ImageIsRemoved;
import dev.berth.contract.CatalogContract.Images;
import dev.berth.contract.CatalogContract.ListImages;
import dev.berth.contract.CatalogContract.Selected;
import dev.berth.contract.CatalogContract.Settings;
import dev.berth.contract.Refused;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.secret.PasswordHash;
import dev.berth.lxd.EntityTag;
import dev.berth.lxd.ServerSettings;
import dev.berth.serve.lxd.FaceServer;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The catalog's settings, and how many images each project has. */
final class FakeSettings {
    final Map<String, String> values = new TreeMap<>();
    final Map<String, Integer> images = new TreeMap<>();
    /** The projects of images that nobody counted, one each. */
    final List<String> landed = new CopyOnWriteArrayList<>();
    String passwordHash = "";
    ChangeSettings lastChange;

    FakeSettings(Bus bus) {
        FaceServer.await(bus.answer(CatalogContract.READ_SETTINGS, question -> Future.succeededFuture(settings())));
        FaceServer.await(bus.answer(CatalogContract.CHANGE_SETTINGS, this::change));
        FaceServer.await(bus.answer(CatalogContract.LIST_IMAGES, this::list));
        FaceServer.await(bus.answer(CatalogContract.SELECT_IMAGES, question -> Future.succeededFuture(new Selected(
                landed.stream().filter(question.project()::equals).map(FakeSettings::image).toList()))));
        FaceServer.await(bus.answer(CatalogContract.REMOVE_IMAGE, question -> {
            landed.remove(question.project());
            return Future.succeededFuture(Answer.yes(new ImageIsRemoved(image(question.project()))));
        }));
    }

    void trustPassword(String password) {
        passwordHash = PasswordHash.of(password);
    }

    private static Image image(String project) {
        ImageFile file = new ImageFile(ImageFile.Role.UNIFIED, new BlobId("ab".repeat(32)), 1, ".tar");
        return new Image(
                project, new Fingerprint("ab".repeat(32)), ImageType.CONTAINER, Architecture.X86_64, false, false, false, "",
                Map.of(), List.of(), List.of(), List.of(file), Instant.EPOCH, Instant.EPOCH, Image.NEVER_USED,
                Image.NEVER_EXPIRES, null);
    }

    private Settings settings() {
        return new Settings(new TreeMap<>(values), !passwordHash.isEmpty(), passwordHash);
    }

    private Future<Answer<Settings>> change(ChangeSettings question) {
        String etag = EntityTag.of(ServerSettings.editable(values));
        if (!EntityTag.allows(question.ifMatch(), etag)) {
            return Future.succeededFuture(Answer.no(Refused.changed(etag, question.ifMatch())));
        }
        lastChange = question;
        for (Map.Entry<String, String> entry : question.values().entrySet()) {
            if (entry.getKey().startsWith("images.foo")) {
                return Future.succeededFuture(Answer.no(Refused.invalid(
                        "cannot set '" + entry.getKey() + "' to '" + entry.getValue() + "': unknown key")));
            }
        }
        if (question.replace()) {
            values.clear();
        }
        values.putAll(question.values());
        values.values().removeIf(String::isEmpty);
        return Future.succeededFuture(Answer.yes(settings()));
    }

    private Future<Answer<Images>> list(ListImages question) {
        int count = question.projects().stream().mapToInt(name -> images.getOrDefault(name, 0)).sum();
        return Future.succeededFuture(Answer.yes(new Images(new byte[0], false, "\"e\"", count)));
    }
}
