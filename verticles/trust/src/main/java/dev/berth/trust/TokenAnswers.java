package dev.berth.trust;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.Removed;
import dev.berth.contract.Done;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.GrantToken;
import dev.berth.contract.TrustContract.Purpose;
import dev.berth.contract.TrustContract.RedeemToken;
import dev.berth.contract.TrustContract.TokenIsGranted;
import dev.berth.contract.TrustContract.TokenIsRedeemed;
import dev.berth.contract.TrustContract.VoidToken;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.sql.Sql;
import dev.berth.trust.TokenRules.Verdict;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grants secrets, takes them, and voids them. The database decides who was first to use one; memory follows it. Logs name
 * the operation of a token, never its secret.
 */
final class TokenAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(TokenAnswers.class);

    private final Bus bus;
    private final Sql sql;
    private final TrustConf conf;
    private final Clock clock;
    private final TrustStore store;
    private final TrustNews news;
    private final TokenOperations operations;
    private final TokenRules rules;
    private final TokenBook book = new TokenBook();
    private Instant swept;

    TokenAnswers(Bus bus, Sql sql, TrustConf conf, Clock clock, TrustStore store, TrustNews news) {
        this.bus = bus;
        this.sql = sql;
        this.conf = conf;
        this.clock = clock;
        this.store = store;
        this.news = news;
        this.operations = new TokenOperations(bus);
        this.rules = new TokenRules(conf);
        this.swept = clock.instant();
    }

    /** Tokens that waited when the service stopped wait again. The tables must be there. */
    Future<?> open() {
        return sql.read(TokenTable::all)
                .onSuccess(tokens -> tokens.forEach(book::put))
                .compose(tokens -> Future.all(book.all(token -> token.isWaiting(clock.instant())).stream()
                        .map(operations::show)
                        .toList()))
                .compose(shown -> Future.all(List.of(
                        bus.answer(TrustContract.GRANT_TOKEN, this::grant),
                        bus.answer(TrustContract.REDEEM_TOKEN, this::redeem),
                        bus.answer(TrustContract.VOID_TOKEN, this::voidOne),
                        bus.hear(CatalogContract.REMOVED, this::imageIsGone))));
    }

    /** Clears away what nobody can use any more. */
    void sweep() {
        Instant now = clock.instant();
        book.all(token -> hasJustExpired(token, now)).forEach(operations::end);
        swept = now;
        forget(book.all(token -> rules.isForgettable(token, now)))
                .onFailure(cause -> LOG.warn("used and expired tokens stay for now: {}", cause.getMessage()));
    }

    /** Voids all tokens that are like this, and ends their operations. */
    Future<Void> voidAll(Predicate<Token> which) {
        return voidAll(book.all(which));
    }

    private Future<Void> voidAll(List<Token> tokens) {
        return forget(tokens)
                .compose(gone -> Future.all(tokens.stream().map(operations::end).toList()))
                .mapEmpty();
    }

    private Future<Answer<TokenIsGranted>> grant(GrantToken ask) {
        Token token = rules.grant(ask, UUID.randomUUID().toString(), clock.instant());
        List<Token> surplus = surplus(token);
        Optional<Refused> hindrance = hindrance(token, surplus.size());
        return hindrance.isPresent()
                ? Future.succeededFuture(Answer.no(hindrance.get()))
                : voidAll(surplus)
                        .compose(room -> sql.write(connection -> TokenTable.insert(connection, token)))
                        .onSuccess(inserted -> book.put(token))
                        .compose(inserted -> shown(token))
                        .onSuccess(operation -> announce(token))
                        .map(operation -> Answer.yes(new TokenIsGranted(token.secret(), operation)));
    }

    /** Those that go for this one. */
    private List<Token> surplus(Token token) {
        Instant now = clock.instant();
        return book.oldest(
                other -> other.purpose() == token.purpose() && rules.isDroppable(other, now),
                Math.max(0, 1 + book.count(token.purpose()) - conf.tokens()));
    }

    /** A secret that nobody was told is not left behind. */
    private Future<Operation> shown(Token token) {
        return operations.show(token)
                .recover(cause -> forget(List.of(token)).transform(gone -> Future.failedFuture(cause)));
    }

    private Optional<Refused> hindrance(Token token, int surplus) {
        if (store.snapshot().findProject(token.project()).isEmpty()) {
            return Optional.of(Refused.notFound("Project not found"));
        }
        return book.count(token.purpose()) - surplus < conf.tokens()
                ? Optional.empty()
                : Optional.of(Refused.full("Too many tokens are waiting: expected less than " + conf.tokens()
                        + ", revoke some that nobody needs and try again"));
    }

    private void announce(Token token) {
        LOG.info("granted {} to \"{}\"", token, token.requestor().username());
        if (token.isForImage()) {
            news.tellIn(token.project(), "image-secret-created", TokenOperations.image(token), token.requestor());
        }
    }

    private Future<Answer<TokenIsRedeemed>> redeem(RedeemToken use) {
        Optional<Token> token = Optional.ofNullable(use.secret()).flatMap(book::bySecret);
        Verdict verdict = token.map(found -> judge(found, use)).orElse(Verdict.WORTHLESS);
        return switch (verdict) {
            case FIRST_USE -> useUp(token.orElseThrow(), use);
            case WITHIN_GRACE -> Future.succeededFuture(redeemed(token.orElseThrow()));
            case EXPIRED, WORTHLESS -> Future.succeededFuture(refused(use, verdict));
        };
    }

    private Verdict judge(Token token, RedeemToken use) {
        return rules.judge(token, use, store.snapshot()::imageProject, clock.instant());
    }

    /** Many may come here with the same secret at once; whoever changes the row is the first. */
    private Future<Answer<TokenIsRedeemed>> useUp(Token token, RedeemToken use) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return sql.write(connection -> TokenTable.use(connection, token, now))
                .compose(first -> first ? firstUse(token.used(now)) : Future.succeededFuture(laterUse(token, use)));
    }

    private Future<Answer<TokenIsRedeemed>> firstUse(Token used) {
        LOG.info("used {}", used);
        book.put(used);
        return operations.end(used).map(ended -> redeemed(used));
    }

    /** The winner's commit is in the book by now: commits are told in their order. */
    private Answer<TokenIsRedeemed> laterUse(Token token, RedeemToken use) {
        return book.byOperation(token.operation())
                .filter(known -> judge(known, use) == Verdict.WITHIN_GRACE)
                .map(TokenAnswers::redeemed)
                .orElseGet(() -> refused(use, Verdict.WORTHLESS));
    }

    private Future<Done> voidOne(VoidToken ask) {
        return forget(book.byOperation(ask.operation()).stream().toList()).map(Done.DONE);
    }

    private void imageIsGone(Removed gone) {
        voidAll(token -> isFor(token, gone))
                .onFailure(cause -> LOG.warn(
                        "secrets of the deleted image {} stay for now: {}",
                        gone.fingerprint().shortForm(),
                        cause.getMessage()));
    }

    private boolean isFor(Token token, Removed gone) {
        return token.purpose() == Purpose.DOWNLOAD_IMAGE
                && gone.fingerprint().hex().equals(token.fingerprint())
                && store.snapshot().imageProject(token.project()).equals(gone.project());
    }

    private Future<Void> forget(List<Token> tokens) {
        return tokens.isEmpty()
                ? Future.succeededFuture()
                : sql.write(connection -> TokenTable.delete(connection, tokens))
                        .onSuccess(gone -> tokens.forEach(book::remove));
    }

    private boolean hasJustExpired(Token token, Instant now) {
        return token.usedAt() == null && token.isExpired(now) && !token.isExpired(swept);
    }

    private static Answer<TokenIsRedeemed> redeemed(Token token) {
        return Answer.yes(new TokenIsRedeemed(token.metadata(), token.grantedAt()));
    }

    private static Answer<TokenIsRedeemed> refused(RedeemToken use, Verdict verdict) {
        return Answer.no(TokenRules.refusal(use.purpose(), verdict));
    }
}
