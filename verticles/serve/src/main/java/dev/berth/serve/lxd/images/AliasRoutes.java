package dev.berth.serve.lxd.images;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.AliasIs;
import dev.berth.contract.CatalogContract.Aliases;
import dev.berth.contract.CatalogContract.CreateAlias;
import dev.berth.contract.CatalogContract.DeleteAlias;
import dev.berth.contract.CatalogContract.EditAlias;
import dev.berth.contract.CatalogContract.FindAlias;
import dev.berth.contract.CatalogContract.ListAliases;
import dev.berth.contract.CatalogContract.RenameAlias;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.image.Alias;
import dev.berth.image.Caller;
import dev.berth.lxd.AliasDocument;
import dev.berth.lxd.PathSegment;
import dev.berth.serve.edge.Callers;
import dev.berth.serve.edge.JsonReply;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.JsonBody;
import dev.berth.serve.lxd.JsonFields;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.ProjectOf;
import dev.berth.serve.lxd.Recursion;
import dev.berth.serve.lxd.Reply;
import dev.berth.serve.lxd.Resource;
import dev.berth.serve.lxd.RouteGroup;
import dev.berth.serve.lxd.Scope;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code /1.0/images/aliases} (rest-api 3.10). Names may contain slashes, escaped or, as pylxd sends them, raw. */
final class AliasRoutes implements RouteGroup {
    private static final String ALL = "/1.0/images/aliases";

    private final LxdTools tools;
    private final RecentAliases recent;
    private final Upstreams upstreams;

    AliasRoutes(LxdTools tools, RecentAliases recent, Upstreams upstreams) {
        this.tools = tools;
        this.recent = recent;
        this.upstreams = upstreams;
    }

    @Override
    public void mount(Router router) {
        Resource.at(ALL)
                .trusted(HttpMethod.GET, this::list)
                .trusted(HttpMethod.POST, this::create)
                .mount(router);
        Resource.at(ALL + "/*")
                .anybody(HttpMethod.GET, this::get)
                .trusted(HttpMethod.PUT, this::put)
                .trusted(HttpMethod.PATCH, this::patch)
                .trusted(HttpMethod.POST, this::rename)
                .trusted(HttpMethod.DELETE, this::delete)
                .mount(router);
    }

    private Future<Void> list(RoutingContext ctx) {
        boolean recursive = Recursion.isWanted(ctx);
        Future<ListAliases> question = ProjectOf.wantsAll(ctx)
                ? tools.projects().withImages().map(names -> new ListAliases(names, recursive, true))
                : tools.projects().usable(ctx).map(scope -> listOf(scope, recursive));
        return question.compose(asked -> tools.bus().require(CatalogContract.LIST_ALIASES, asked))
                .compose(aliases -> send(ctx, aliases));
    }

    private static ListAliases listOf(Scope scope, boolean recursive) {
        boolean withProject = !scope.imageProject().equals(Scope.DEFAULT_PROJECT);
        return new ListAliases(List.of(scope.imageProject()), recursive, withProject);
    }

    private static Future<Void> send(RoutingContext ctx, Aliases aliases) {
        return JsonReply.ok(aliases.body()).withEtag(aliases.etag()).send(ctx);
    }

    private Future<Void> create(RoutingContext ctx) {
        return tools.projects()
                .usable(ctx)
                .compose(scope -> JsonBody.of(ctx).compose(body -> create(ctx, scope, body)));
    }

    private Future<Void> create(RoutingContext ctx, Scope scope, JsonFields body) {
        String name = body.textOrEmpty("name");
        String target = body.textOrEmpty("target");
        AliasRules.mustHaveNameAndTarget(name, target);
        CreateAlias question = new CreateAlias(
                scope.imageProject(),
                new Alias(name, body.textOrEmpty("description")),
                target,
                recent.forgive(scope.imageProject(), name, target),
                Access.requestor(ctx));
        return tools.bus()
                .require(CatalogContract.CREATE_ALIAS, question)
                .compose(created -> Reply.created(ctx, location(name)));
    }

    private Future<Void> get(RoutingContext ctx) {
        return find(ctx).compose(alias -> Reply.sync(ctx, alias.json(), alias.etag()));
    }

    private Future<AliasIs> find(RoutingContext ctx) {
        String name = name(ctx);
        Caller caller = Callers.of(ctx);
        Future<AliasIs> found = tools.projects().of(ctx).compose(scope -> find(ctx, scope, name));
        return caller.isAdmin() ? found : found.recover(Hidden::hide);
    }

    private Future<AliasIs> find(RoutingContext ctx, Scope scope, String name) {
        boolean all = scope.isOpenTo(Callers.of(ctx));
        if (!all && !scope.isDefault()) {
            throw Hidden.notFound();
        }
        return tools.bus()
                .require(CatalogContract.FIND_ALIAS, new FindAlias(scope.imageProject(), name, !all))
                .recover(cause -> Hidden.isMissing(cause) ? elsewhere(ctx, name, cause) : Future.failedFuture(cause));
    }

    /** Our own names win; what is none may be one of an upstream. */
    private Future<AliasIs> elsewhere(RoutingContext ctx, String name, Throwable cause) {
        return upstreams.named(ctx, name).compose(found -> found
                .map(image -> Future.succeededFuture(alias(name, image.offer())))
                .orElseGet(() -> Future.failedFuture(cause)));
    }

    private static AliasIs alias(String name, Offer offer) {
        Alias alias = new Alias(name, offer.properties().get("description"));
        byte[] json = AliasDocument.json(alias, offer.fingerprint(), offer.type());
        return new AliasIs(alias, offer.fingerprint(), json, AliasDocument.etag(json));
    }

    private Future<Void> put(RoutingContext ctx) {
        return edit(ctx, AliasRules::replacement);
    }

    private Future<Void> patch(RoutingContext ctx) {
        return edit(ctx, AliasRules::merge);
    }

    private Future<Void> edit(RoutingContext ctx, AliasRules.Reading reading) {
        String name = name(ctx);
        return tools.projects()
                .usable(ctx)
                .compose(scope -> JsonBody.of(ctx).map(body -> question(ctx, scope, name, reading.of(body))))
                .compose(question -> tools.bus().require(CatalogContract.EDIT_ALIAS, question))
                .compose(edited -> Reply.done(ctx));
    }

    private static EditAlias question(RoutingContext ctx, Scope scope, String name, AliasRules.Change change) {
        return new EditAlias(
                scope.imageProject(),
                name,
                ctx.request().getHeader("If-Match"),
                change.target(),
                change.description(),
                Access.requestor(ctx));
    }

    private Future<Void> rename(RoutingContext ctx) {
        String name = name(ctx);
        return tools.projects()
                .usable(ctx)
                .compose(scope -> JsonBody.of(ctx).compose(body -> rename(ctx, scope, name, body.textOrEmpty("name"))));
    }

    private Future<Void> rename(RoutingContext ctx, Scope scope, String name, String newName) {
        AliasRules.mustHaveName(newName);
        RenameAlias question = new RenameAlias(scope.imageProject(), name, newName, Access.requestor(ctx));
        return tools.bus()
                .require(CatalogContract.RENAME_ALIAS, question)
                .compose(renamed -> Reply.created(ctx, location(newName)));
    }

    private Future<Void> delete(RoutingContext ctx) {
        String name = name(ctx);
        return tools.projects()
                .usable(ctx)
                .map(scope -> new DeleteAlias(scope.imageProject(), name, Access.requestor(ctx)))
                .compose(question -> tools.bus().require(CatalogContract.DELETE_ALIAS, question))
                .compose(deleted -> Reply.done(ctx));
    }

    private static String name(RoutingContext ctx) {
        return AliasRules.nameIn(ctx.request().path(), ALL + "/");
    }

    private static String location(String name) {
        return ALL + "/" + PathSegment.escape(name);
    }
}
