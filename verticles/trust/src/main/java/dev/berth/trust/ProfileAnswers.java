package dev.berth.trust;

import dev.berth.contract.Answer;
import dev.berth.contract.Done;
import dev.berth.contract.Requestor;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.DeleteProfile;
import dev.berth.contract.TrustContract.FindProfile;
import dev.berth.contract.TrustContract.ListProfiles;
import dev.berth.contract.TrustContract.Profile;
import dev.berth.contract.TrustContract.ProfileIs;
import dev.berth.contract.TrustContract.Profiles;
import dev.berth.contract.TrustContract.PutProfile;
import dev.berth.kit.bus.Bus;
import dev.berth.lxd.ProfileDocument;
import io.vertx.core.Future;
import java.util.List;

/** Keeps the profiles: names that images refer to. */
final class ProfileAnswers {
    private final Bus bus;
    private final TrustStore store;
    private final TrustNews news;

    ProfileAnswers(Bus bus, TrustStore store, TrustNews news) {
        this.bus = bus;
        this.store = store;
        this.news = news;
    }

    Future<?> open() {
        return Future.all(List.of(
                bus.answer(TrustContract.LIST_PROFILES, this::list),
                bus.answer(TrustContract.FIND_PROFILE, this::find),
                bus.answer(TrustContract.PUT_PROFILE, this::put),
                bus.answer(TrustContract.DELETE_PROFILE, this::delete)));
    }

    private Future<Profiles> list(ListProfiles ask) {
        return Future.succeededFuture(new Profiles(List.copyOf(store.snapshot().profiles(ask.project()))));
    }

    private Future<Answer<ProfileIs>> find(FindProfile ask) {
        TrustSnapshot now = store.snapshot();
        return Future.succeededFuture(
                TrustStore.answer(() -> new ProfileIs(ProfileRules.find(now, ask.project(), ask.name()))));
    }

    private Future<Answer<Done>> put(PutProfile ask) {
        return store.change((connection, now) -> {
                    Profile profile = ask.create()
                            ? ProfileRules.creating(now, ask.profile())
                            : editing(now, ask);
                    ProfileTable.put(connection, profile);
                    return profile;
                })
                .map(answer -> told(answer, ask.create() ? "profile-created" : "profile-updated", ask.requestor()));
    }

    private static Profile editing(TrustSnapshot now, PutProfile ask) {
        Profile present = ProfileRules.find(now, ask.profile().project(), ask.profile().name());
        Seen.mustBe(present, ask.seen(), ProfileDocument::bytes);
        return ProfileRules.editing(now, ask.profile());
    }

    private Future<Answer<Done>> delete(DeleteProfile ask) {
        return store.change((connection, now) -> {
                    Profile profile = ProfileRules.deleting(now, ask.project(), ask.name());
                    ProfileTable.delete(connection, profile.project(), profile.name());
                    return profile;
                })
                .map(answer -> told(answer, "profile-deleted", ask.requestor()));
    }

    private Answer<Done> told(Answer<Profile> answer, String action, Requestor requestor) {
        return answer.map(profile -> {
            news.tellIn(profile.project(), action, ProfileDocument.path(profile.name()), requestor);
            return Done.DONE;
        });
    }
}
