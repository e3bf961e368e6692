package dev.berth.load;

/** Downloads by curl, which trusts every certificate here and speaks HTTP/1.1 with everybody, as the clients in Go do. */
final class Curl {
    private Curl() {}

    /** The speed of one download that is thrown away; fails when it fails. */
    static double megabytesPerSecond(String url) {
        String bytesPerSecond = Shell.run("curl", "-skf", "--http1.1", "-o", "/dev/null", "-w", "%{speed_download}", url)
                .orFail()
                .text();
        return Double.parseDouble(bytesPerSecond.strip()) / 1e6;
    }
}
