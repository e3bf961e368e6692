package dev.berth.kit.openpgp;

/** What a signature is about. */
interface Content {
    /** Takes bytes to hash. */
    @FunctionalInterface
    interface Sink {
        void update(byte[] bytes, int offset, int length);
    }

    /** Hands over all that is hashed, in order. */
    void into(Sink sink);

    /** What the reader gets when the signature is good. */
    byte[] text();

    /** These very bytes. */
    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public void into(Sink sink) {
                sink.update(bytes, 0, bytes.length);
            }

            @Override
            public byte[] text() {
                return bytes;
            }
        };
    }
}
