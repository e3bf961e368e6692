package dev.berth.serve.lxd.server;

import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.Start;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.FindProject;
import dev.berth.contract.TrustContract.RenameProject;
import dev.berth.lxd.PathSegment;
import dev.berth.lxd.ProjectDocument;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.JsonBody;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.Outcome;
import dev.berth.serve.lxd.Scope;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** Renames empty projects, as an operation because clients wait for one. */
final class ProjectRenaming {
    private final LxdTools tools;
    private final ProjectContents contents;

    ProjectRenaming(LxdTools tools, ProjectContents contents) {
        this.tools = tools;
        this.contents = contents;
    }

    Future<Void> rename(RoutingContext ctx, String name) {
        if (name.equals(Scope.DEFAULT_PROJECT)) {
            throw Access.forbidden("The 'default' project cannot be renamed");
        }
        return JsonBody.of(ctx)
                .map(body -> body.textOrEmpty("name"))
                .compose(newName -> mustBeRenamable(name).map(newName))
                .compose(newName -> tools.async().answer(ctx, start(ctx, name), running -> renamed(ctx, name, newName)));
    }

    private Future<Void> mustBeRenamable(String name) {
        return tools.bus()
                .require(TrustContract.FIND_PROJECT, new FindProject(name))
                .compose(found -> contents.mustHaveNoImages(name, "Only empty projects can be renamed"));
    }

    private Future<Outcome> renamed(RoutingContext ctx, String name, String newName) {
        return tools.bus()
                .require(TrustContract.RENAME_PROJECT, new RenameProject(name, newName, Access.requestor(ctx)))
                .compose(gone -> contents.clear(name, Access.requestor(ctx)))
                .map(done -> Outcome.success());
    }

    private static Start start(RoutingContext ctx, String name) {
        return new Start(
                null,
                Kind.TASK,
                "Renaming project",
                Scope.DEFAULT_PROJECT,
                Map.of("projects", List.of(ProjectDocument.url(PathSegment.escape(name)))),
                null,
                false,
                null,
                Access.requestor(ctx));
    }
}
