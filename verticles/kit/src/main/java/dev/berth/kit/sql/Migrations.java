package dev.berth.kit.sql;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings one feature's tables up to date. Blocking. */
final class Migrations {
    /** Below every real version: the other features' tables are there already, and that is no reason to stop. */
    private static final String BEFORE_ALL = "0";

    private Migrations() {}

    static void run(DataSource source, String feature) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/" + feature)
                .failOnMissingLocations(true)
                .table(feature + "_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion(BEFORE_ALL)
                .skipDefaultCallbacks(true)
                .loggers("slf4j")
                .installedBy("berth")
                .load()
                .migrate();
    }
}
