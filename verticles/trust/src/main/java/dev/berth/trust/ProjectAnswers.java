package dev.berth.trust;

import dev.berth.contract.Answer;
import dev.berth.contract.Done;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.DeleteProject;
import dev.berth.contract.TrustContract.FindProject;
import dev.berth.contract.TrustContract.Project;
import dev.berth.contract.TrustContract.ProjectIs;
import dev.berth.contract.TrustContract.Projects;
import dev.berth.contract.TrustContract.PutProject;
import dev.berth.contract.TrustContract.RenameProject;
import dev.berth.kit.bus.Bus;
import dev.berth.lxd.ProjectDocument;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Keeps the projects. */
final class ProjectAnswers {
    private final Bus bus;
    private final TrustStore store;
    private final TokenAnswers tokens;
    private final TrustNews news;

    ProjectAnswers(Bus bus, TrustStore store, TokenAnswers tokens, TrustNews news) {
        this.bus = bus;
        this.store = store;
        this.tokens = tokens;
        this.news = news;
    }

    Future<?> open() {
        return Future.all(List.of(
                bus.answer(TrustContract.LIST_PROJECTS, all -> list()),
                bus.answer(TrustContract.FIND_PROJECT, this::find),
                bus.answer(TrustContract.PUT_PROJECT, this::put),
                bus.answer(TrustContract.RENAME_PROJECT, this::rename),
                bus.answer(TrustContract.DELETE_PROJECT, this::delete)));
    }

    private Future<Projects> list() {
        return Future.succeededFuture(new Projects(List.copyOf(store.snapshot().projects())));
    }

    private Future<Answer<ProjectIs>> find(FindProject ask) {
        TrustSnapshot now = store.snapshot();
        return Future.succeededFuture(
                TrustStore.answer(() -> new ProjectIs(now.project(ask.name()), now.imageProject(ask.name()))));
    }

    private Future<Answer<Done>> put(PutProject ask) {
        String url = ProjectDocument.url(ask.project().name());
        return ask.create()
                ? store.change((connection, now) -> create(connection, ProjectRules.creating(now, ask.project())))
                        .onSuccess(TrustStore.whenDone(() -> news.tell("project-created", url, ask.requestor())))
                : store.change((connection, now) -> edit(connection, editing(now, ask)))
                        .onSuccess(TrustStore.whenDone(() -> news.tell("project-updated", url, ask.requestor())));
    }

    /** Tokens name their project in operations that clients have seen, so they end with the name. */
    private Future<Answer<Done>> rename(RenameProject ask) {
        return store.change((connection, now) -> {
                    ProjectRules.renaming(now, ask.name(), ask.newName());
                    ProjectTable.rename(connection, ask.name(), ask.newName());
                    return Done.DONE;
                })
                .onSuccess(TrustStore.whenDone(() -> news.tellRenamed(
                        "project-renamed", ProjectDocument.url(ask.newName()), ask.name(), ask.requestor())))
                .compose(answer -> withoutTokens(answer, ask.name()));
    }

    private Future<Answer<Done>> delete(DeleteProject ask) {
        return store.change((connection, now) -> {
                    ProjectRules.deleting(now, ask.name());
                    ProjectTable.delete(connection, ask.name());
                    return Done.DONE;
                })
                .onSuccess(TrustStore.whenDone(() -> news.tell("project-deleted", ProjectDocument.url(ask.name()), ask.requestor())))
                .compose(answer -> withoutTokens(answer, ask.name()));
    }

    private Future<Answer<Done>> withoutTokens(Answer<Done> answer, String project) {
        return answer.fold(
                done -> tokens.voidAll(token -> token.project().equals(project)).map(answer),
                refused -> Future.succeededFuture(answer));
    }

    private static Project editing(TrustSnapshot now, PutProject ask) {
        Project edited = ProjectRules.editing(now, ask.project());
        Seen.mustBe(now.project(edited.name()), ask.seen(), project -> ProjectDocument.bytes(project, List.of()));
        return edited;
    }

    private static Done create(Connection connection, Project project) throws SQLException {
        ProjectTable.insert(connection, project);
        ProfileTable.putDefault(connection, project.name());
        return Done.DONE;
    }

    private static Done edit(Connection connection, Project project) throws SQLException {
        ProjectTable.update(connection, project);
        return Done.DONE;
    }
}
