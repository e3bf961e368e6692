package dev.berth.trust;

import dev.berth.kit.bus.Bus;
import dev.berth.kit.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;

/** Knows who is asking, and keeps what that knowledge rests on. */
public final class TrustVerticle extends VerticleBase {
    private final Sql sql;
    private final TrustConf conf;
    private final Clock clock;

    public TrustVerticle(Sql sql, TrustConf conf, Clock clock) {
        this.sql = sql;
        this.conf = conf;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        Bus bus = new Bus(vertx);
        TrustStore store = new TrustStore(sql);
        TrustNews news = new TrustNews(bus, clock);
        TokenAnswers tokens = new TokenAnswers(bus, sql, conf, clock, store, news);
        return store.open()
                .compose(ready -> tokens.open())
                .compose(ready -> new ProjectAnswers(bus, store, tokens, news).open())
                .compose(ready -> new ProfileAnswers(bus, store, news).open())
                .compose(ready -> new CertificateAnswers(bus, store, news, clock).open())
                .compose(ready -> new AccessAnswers(bus, store, conf, clock).open())
                .onSuccess(ready -> vertx.setPeriodic(conf.sweepEvery().toMillis(), tick -> tokens.sweep()));
    }
}
