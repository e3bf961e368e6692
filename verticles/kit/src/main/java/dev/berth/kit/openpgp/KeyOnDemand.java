package dev.berth.kit.openpgp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * The key of this deployment, read or made when somebody first needs it: that loads a whole library of cryptography, for
 * which a start has no time. A failure is no answer for ever: the next one who needs it tries again. Any thread; blocks.
 */
public final class KeyOnDemand implements Supplier<SigningKey> {
    private final Path keys;
    private final Clock clock;
    private SigningKey key;

    /** @param keys as for {@link SigningKey#loadOrCreate} */
    public KeyOnDemand(Path keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** @throws UncheckedIOException what {@link SigningKey#loadOrCreate} throws */
    @Override
    public synchronized SigningKey get() {
        if (key == null) {
            key = read();
        }
        return key;
    }

    private SigningKey read() {
        try {
            return SigningKey.loadOrCreate(keys, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
