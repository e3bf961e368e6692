package dev.berth.load;

/** Downloads by curl, which trusts every certificate here. */
final class Curl {
    private Curl() {}

    /** In which HTTP is asked: the clients in Go speak 1.1, curl by itself speaks h2 with whoever can. */
    enum Version {
        HTTP_1_1("HTTP/1.1", "--http1.1"),
        H2("h2", "--http2");

        private final String words;
        private final String option;

        Version(String words, String option) {
            this.words = words;
            this.option = option;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** The speed of one download that is thrown away; fails when it fails. */
    static double megabytesPerSecond(Version version, String url) {
        String bytesPerSecond = Shell.run("curl", "-skf", version.option, "-o", "/dev/null", "-w", "%{speed_download}", url)
                .orFail()
                .text();
        return Double.parseDouble(bytesPerSecond.strip()) / 1e6;
    }
}
