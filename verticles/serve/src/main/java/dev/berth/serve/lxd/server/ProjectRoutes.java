package dev.berth.serve.lxd.server;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.DeleteProject;
import dev.berth.contract.TrustContract.FindProject;
import dev.berth.contract.TrustContract.ListProjects;
import dev.berth.contract.TrustContract.Project;
import dev.berth.contract.TrustContract.PutProject;
import dev.berth.image.Caller;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.EntityTag;
import dev.berth.lxd.PathSegment;
import dev.berth.lxd.ProjectDocument;
import dev.berth.serve.edge.Callers;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.JsonBody;
import dev.berth.serve.lxd.JsonFields;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.Recursion;
import dev.berth.serve.lxd.Reply;
import dev.berth.serve.lxd.Resource;
import dev.berth.serve.lxd.RouteGroup;
import dev.berth.serve.lxd.Scope;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code /1.0/projects} (rest-api 7). Restricted clients see their projects and no others. Writes answer at once, except
 * renaming, for which every client expects an operation.
 */
final class ProjectRoutes implements RouteGroup {
    /** What a project holds is not told: asking for it costs more than anybody makes of it. */
    private static final Function<String, List<String>> UNTOLD = project -> List.of();

    private final LxdTools tools;
    private final ProjectContents contents;
    private final ProjectRenaming renaming;

    ProjectRoutes(LxdTools tools) {
        this.tools = tools;
        this.contents = new ProjectContents(tools.bus());
        this.renaming = new ProjectRenaming(tools, contents);
    }

    @Override
    public void mount(Router router) {
        Resource.at("/1.0/projects").trusted(GET, this::list).admins(POST, this::create).mount(router);
        Resource.at("/1.0/projects/:name")
                .trusted(GET, this::show)
                .admins(PUT, ctx -> edit(ctx, true))
                .admins(PATCH, ctx -> edit(ctx, false))
                .admins(POST, ctx -> renaming.rename(ctx, nameOf(ctx)))
                .admins(DELETE, this::delete)
                .mount(router);
    }

    private Future<Void> list(RoutingContext ctx) {
        Caller caller = Callers.of(ctx);
        boolean recursive = Recursion.isWanted(ctx);
        return tools.bus()
                .ask(TrustContract.LIST_PROJECTS, new ListProjects())
                .map(all -> all.projects().stream()
                        .filter(project -> caller.mayUse(project.name()))
                        .toList())
                .compose(seen -> Reply.sync(ctx, ProjectDocument.list(seen, recursive, UNTOLD)));
    }

    private Future<Void> show(RoutingContext ctx) {
        return find(ctx)
                .map(ProjectRoutes::document)
                .compose(document -> Reply.sync(ctx, document, EntityTag.of(document)));
    }

    private Future<Void> create(RoutingContext ctx) {
        return JsonBody.of(ctx)
                .map(ProjectRoutes::newProject)
                .compose(project -> put(ctx, project, true, null).map(project))
                .compose(project -> Reply.created(ctx, url(project)));
    }

    private Future<Void> edit(RoutingContext ctx, boolean replace) {
        return JsonBody.of(ctx)
                .compose(body -> find(ctx).compose(present -> {
                    IfMatch.check(ctx, document(present));
                    Project wanted = ProjectEdit.of(present, body, replace);
                    return contents.mayChange(present, wanted).compose(yes -> put(ctx, wanted, false, present));
                }))
                .compose(done -> Reply.done(ctx));
    }

    private Future<Void> delete(RoutingContext ctx) {
        String name = nameOf(ctx);
        if (name.equals(Scope.DEFAULT_PROJECT)) {
            throw Access.forbidden("The 'default' project cannot be deleted");
        }
        return find(ctx)
                .compose(present -> contents.mustHaveNoImages(name, "Only empty projects can be removed"))
                .compose(empty -> tools.bus()
                        .require(TrustContract.DELETE_PROJECT, new DeleteProject(name, Access.requestor(ctx))))
                .compose(gone -> contents.clear(name, Access.requestor(ctx)))
                .compose(done -> Reply.done(ctx));
    }

    private Future<Void> put(RoutingContext ctx, Project project, boolean create, Project seen) {
        return tools.bus()
                .require(TrustContract.PUT_PROJECT, new PutProject(project, create, seen, Access.requestor(ctx)))
                .mapEmpty();
    }

    /** A project that the caller may not see is as good as none. */
    private Future<Project> find(RoutingContext ctx) {
        String name = nameOf(ctx);
        if (!Callers.of(ctx).mayUse(name)) {
            throw new RefusedException(Refused.notFound("Project not found"));
        }
        return tools.bus()
                .require(TrustContract.FIND_PROJECT, new FindProject(name))
                .map(TrustContract.ProjectIs::project);
    }

    private static Project newProject(JsonFields body) {
        return ProjectEdit.of(new Project(body.textOrEmpty("name"), "", Map.of()), body, true);
    }

    private static String nameOf(RoutingContext ctx) {
        return ctx.pathParam("name");
    }

    private static byte[] document(Project project) {
        return ProjectDocument.bytes(project, UNTOLD.apply(project.name()));
    }

    private static String url(Project project) {
        return ProjectDocument.url(PathSegment.escape(project.name()));
    }
}
