package dev.berth.fetch.streams;

import dev.berth.fetch.guard.Location;
import dev.berth.fetch.http.FetchFailure;
import dev.berth.simplestreams.IndexDocument;
import dev.berth.simplestreams.ProductsDocument;
import dev.berth.simplestreams.ReadLimits;
import dev.berth.simplestreams.SkippedParts;
import dev.berth.simplestreams.StreamCollector;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can be read of a document; one that cannot be read never takes the place of one that could. */
@FunctionalInterface
public interface Shape {
    /** The index of an image stream. */
    Shape INDEX = document -> {
        try (InputStream in = open(document)) {
            IndexDocument.read(in, ReadLimits.DEFAULTS, new SkippedParts());
        }
    };

    /** A products file of an image stream. */
    Shape PRODUCTS = document -> {
        try (InputStream in = open(document)) {
            ProductsDocument.read(in, ReadLimits.DEFAULTS, StreamCollector.ofNone(), new SkippedParts());
        }
    };

    /** Reads the whole document, to no purpose. Blocks. */
    void read(Path document) throws IOException;

    /** @throws FetchFailure saying why {@code document} cannot be read */
    default void mustFit(Location from, Path document) {
        try {
            read(document);
        } catch (IOException e) {
            throw FetchFailure.invalid(from + " cannot be read: " + e.getMessage());
        }
    }

    private static InputStream open(Path document) throws IOException {
        return new BufferedInputStream(Files.newInputStream(document), 64 << 10);
    }
}
