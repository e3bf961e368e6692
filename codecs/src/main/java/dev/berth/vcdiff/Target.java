package dev.berth.vcdiff;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Where the made bytes go, window by window. */
interface Target {
    void write(byte[] bytes, int length) throws IOException;

    /** The bytes written so far, for windows that copy from them; null when they are gone. */
    SegmentReader written();

    static Target of(OutputStream out) {
        return new Target() {
            @Override
            public void write(byte[] bytes, int length) throws IOException {
                out.write(bytes, 0, length);
            }

            @Override
            public SegmentReader written() {
                return null;
            }
        };
    }

    static Target of(FileChannel file) {
        return new FileTarget(file);
    }

    /** Writes at the file's beginning and on, whatever its position. */
    final class FileTarget implements Target {
        private final FileChannel file;
        private final SegmentReader written;
        private long position;

        FileTarget(FileChannel file) {
            this.file = file;
            this.written = new SegmentReader(file, "target");
        }

        @Override
        public void write(byte[] bytes, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
            while (buffer.hasRemaining()) {
                position += file.write(buffer, position);
            }
        }

        @Override
        public SegmentReader written() {
            written.forget();
            return written;
        }
    }
}
