package dev.berth.serve.lxd.server;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.DeleteProfile;
import dev.berth.contract.TrustContract.FindProfile;
import dev.berth.contract.TrustContract.ListProfiles;
import dev.berth.contract.TrustContract.Profile;
import dev.berth.contract.TrustContract.PutProfile;
import dev.berth.lxd.EntityTag;
import dev.berth.lxd.PathSegment;
import dev.berth.lxd.ProfileDocument;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.JsonBody;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.Recursion;
import dev.berth.serve.lxd.Reply;
import dev.berth.serve.lxd.Resource;
import dev.berth.serve.lxd.RouteGroup;
import dev.berth.serve.lxd.Scope;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /1.0/profiles}: names that images refer to, and what clients keep under them (rest-api 7). Which project's
 * profiles a project shows is trust's business.
 */
final class ProfileRoutes implements RouteGroup {
    private final LxdTools tools;

    ProfileRoutes(LxdTools tools) {
        this.tools = tools;
    }

    @Override
    public void mount(Router router) {
        Resource.at("/1.0/profiles").trusted(GET, this::list).trusted(POST, this::create).mount(router);
        Resource.at("/1.0/profiles/:name")
                .trusted(GET, this::show)
                .trusted(PUT, ctx -> edit(ctx, true))
                .trusted(PATCH, ctx -> edit(ctx, false))
                .trusted(POST, this::rename)
                .trusted(DELETE, this::delete)
                .mount(router);
    }

    private Future<Void> list(RoutingContext ctx) {
        boolean recursive = Recursion.isWanted(ctx);
        return project(ctx)
                .compose(project -> tools.bus().ask(TrustContract.LIST_PROFILES, new ListProfiles(project)))
                .compose(all -> Reply.sync(ctx, ProfileDocument.list(all.profiles(), recursive)));
    }

    private Future<Void> show(RoutingContext ctx) {
        return project(ctx)
                .compose(project -> find(project, ctx))
                .map(ProfileDocument::bytes)
                .compose(document -> Reply.sync(ctx, document, EntityTag.of(document)));
    }

    private Future<Void> create(RoutingContext ctx) {
        return project(ctx)
                .compose(project -> JsonBody.of(ctx).map(body -> ProfileEdit.created(project, body)))
                .compose(profile -> create(ctx, profile))
                .compose(profile -> Reply.created(ctx, url(profile)));
    }

    private Future<Void> edit(RoutingContext ctx, boolean replace) {
        return project(ctx)
                .compose(project -> JsonBody.of(ctx).compose(body -> find(project, ctx).map(present -> {
                    IfMatch.check(ctx, ProfileDocument.bytes(present));
                    return new PutProfile(ProfileEdit.of(present, body, replace), false, present, Access.requestor(ctx));
                })))
                .compose(edit -> tools.bus().require(TrustContract.PUT_PROFILE, edit))
                .compose(done -> Reply.done(ctx));
    }

    /** Makes the new one first: a crash in between leaves two, never none. */
    private Future<Void> rename(RoutingContext ctx) {
        mustNotBeDefault(ctx, "renamed");
        return project(ctx)
                .compose(project -> JsonBody.of(ctx).compose(body -> find(project, ctx)
                        .map(present -> ProfileEdit.renamed(present, ProfileEdit.name(body)))))
                .compose(profile -> create(ctx, profile))
                .compose(profile -> remove(ctx, profile.project()).map(profile))
                .compose(profile -> Reply.created(ctx, url(profile)));
    }

    private Future<Void> delete(RoutingContext ctx) {
        mustNotBeDefault(ctx, "deleted");
        return project(ctx).compose(project -> remove(ctx, project)).compose(done -> Reply.done(ctx));
    }

    private Future<Profile> create(RoutingContext ctx, Profile profile) {
        return tools.bus()
                .require(TrustContract.PUT_PROFILE, new PutProfile(profile, true, Access.requestor(ctx)))
                .map(profile);
    }

    private Future<Void> remove(RoutingContext ctx, String project) {
        DeleteProfile question = new DeleteProfile(project, nameOf(ctx), Access.requestor(ctx));
        return tools.bus().require(TrustContract.DELETE_PROFILE, question).mapEmpty();
    }

    private Future<Profile> find(String project, RoutingContext ctx) {
        return tools.bus()
                .require(TrustContract.FIND_PROFILE, new FindProfile(project, nameOf(ctx)))
                .map(TrustContract.ProfileIs::profile);
    }

    private Future<String> project(RoutingContext ctx) {
        return tools.projects().usable(ctx).map(Scope::project);
    }

    private static void mustNotBeDefault(RoutingContext ctx, String what) {
        if (nameOf(ctx).equals(Scope.DEFAULT_PROJECT)) {
            throw Access.forbidden("The \"default\" profile cannot be " + what);
        }
    }

    private static String nameOf(RoutingContext ctx) {
        return ctx.pathParam("name");
    }

    private static String url(Profile profile) {
        Scope scope = new Scope(profile.project(), profile.project());
        return scope.url("/1.0/profiles/" + PathSegment.escape(profile.name()));
    }
}
