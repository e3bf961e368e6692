package dev.berth.serve.lxd;

import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.FindProject;
import dev.berth.contract.TrustContract.ListProjects;
import dev.berth.contract.TrustContract.Project;
import dev.berth.contract.TrustContract.Projects;
import dev.berth.image.Caller;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.edge.Callers;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds out which project a request means (rest-api 0.12, 3.2). */
public final class ProjectOf {
    private static final Set<String> TRUE = Set.of("1", "true", "yes", "on");
    private static final String STRANGERS =
            "Untrusted callers may only access public images in the default project";

    private final Bus bus;

    ProjectOf(Bus bus) {
        this.bus = bus;
    }

    /** The project of the query, {@code default} without one. Refused: NOT_FOUND "Project not found". */
    public Future<Scope> of(RoutingContext ctx) {
        return named(name(ctx.request()));
    }

    /** The project of that name. Refused: NOT_FOUND "Project not found". */
    public Future<Scope> named(String name) {
        if (name.equals(Scope.DEFAULT_PROJECT)) {
            return Future.succeededFuture(Scope.DEFAULT);
        }
        return bus.require(TrustContract.FIND_PROJECT, new FindProject(name))
                .map(found -> new Scope(name, found.imageProject()));
    }

    /** Like {@link #of}, for callers who must be allowed to use the project: the right is checked before its existence. */
    public Future<Scope> usable(RoutingContext ctx) {
        Caller caller = Callers.of(ctx);
        Access.mustBeTrusted(caller);
        return of(ctx).map(scope -> {
            Access.mustUse(caller, scope);
            return scope;
        });
    }

    /** True when the query asks for all projects; strangers and restricted callers may not, and a project excludes it. */
    public static boolean wantsAll(RoutingContext ctx) {
        if (!isTrue(ctx.request().getParam("all-projects"))) {
            return false;
        }
        Caller caller = Callers.of(ctx);
        if (!caller.isTrusted()) {
            throw Access.forbidden(STRANGERS);
        }
        Access.mustBeAdmin(caller);
        if (ctx.request().getParam("project") != null) {
            throw new RefusedException(Refused.invalid("Cannot specify a project when requesting all projects"));
        }
        return true;
    }

    /** Names of all projects that have images of their own. */
    public Future<List<String>> withImages() {
        return bus.ask(TrustContract.LIST_PROJECTS, new ListProjects()).map(ProjectOf::withImages);
    }

    /** Reads a flag as LXD does: 1, true, yes and on in any case; everything else, and nothing, is false. */
    public static boolean isTrue(String text) {
        return text != null && TRUE.contains(text.toLowerCase(Locale.ROOT));
    }

    private static List<String> withImages(Projects projects) {
        return projects.projects().stream()
                .filter(ProjectOf::hasImages)
                .map(Project::name)
                .toList();
    }

    private static boolean hasImages(Project project) {
        return project.name().equals(Scope.DEFAULT_PROJECT) || isTrue(project.config().get("features.images"));
    }

    private static String name(HttpServerRequest request) {
        String name = request.getParam("project");
        return name == null || name.isEmpty() ? Scope.DEFAULT_PROJECT : name;
    }
}
