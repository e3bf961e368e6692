package dev.berth.kit.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** A new file of the real disk. */
final class LocalFile implements OutFile {
    private final Path path;
    private final FileChannel channel;

    LocalFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw FullDisk.named(path, e);
        }
    }

    @Override
    public void write(List<ByteBuffer> all) throws IOException {
        OutFile.super.write(WriteBuffer.joined(all));
    }

    @Override
    public void force() throws IOException {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw FullDisk.named(path, e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
