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

    /**
     * One download that was thrown away.
     *
     * @param megabytesPerSecond its speed
     * @param processorSeconds what curl itself took for it: a core of its own takes no more than that allows
     */
    record Download(double megabytesPerSecond, double processorSeconds) {}

    /** Downloads and throws away; fails when it fails. */
    static Download download(Version version, String url) {
        String[] told = Shell.run(
                        "bash", "-c", "TIMEFORMAT='%U %S'; time curl \"$@\"",
                        "curl", "-skf", version.option, "-o", "/dev/null", "-w", "%{speed_download} ", url)
                .orFail()
                .text()
                .strip()
                .split("\\s+");
        return new Download(
                Double.parseDouble(told[0]) / 1e6, Double.parseDouble(told[1]) + Double.parseDouble(told[2]));
    }
}
