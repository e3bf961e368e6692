package dev.berth.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Callers that ask the same thing at the same time, each on a connection of its own to a unix socket. One thread asks for
 * all and then reads all answers, so that they cost as little as callers can.
 *
 * @param answers one per caller
 * @param seconds from the first question to the last answer
 */
record Callers(List<String> answers, double seconds) {
    static Callers ask(Path socket, int callers, String path, String json) throws IOException {
        List<UnixHttp> open = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        try {
            long start = System.nanoTime();
            for (int i = 0; i < callers; i++) {
                UnixHttp caller = new UnixHttp(socket);
                open.add(caller);
                caller.post(path, json);
            }
            for (UnixHttp caller : open) {
                answers.add(caller.answer());
            }
            return new Callers(answers, (System.nanoTime() - start) / 1e9);
        } finally {
            for (UnixHttp caller : open) {
                caller.close();
            }
        }
    }
}
