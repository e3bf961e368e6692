package dev.berth.app.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link LxdDaemon} of the run, started for the first of them and stopped after the last. Classes
 * that ask for it are skipped where there is none.
 */
final class RealLxd implements BeforeAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(RealLxd.class);

    /** Not left to the first parameter: a skip there would count as an error. */
    @Override
    public void beforeAll(ExtensionContext context) {
        daemon(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LxdDaemon.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return daemon(context);
    }

    private static LxdDaemon daemon(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE)
                .computeIfAbsent(LxdDaemon.class, key -> start(), LxdDaemon.class);
    }

    private static LxdDaemon start() {
        try {
            return LxdDaemon.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
