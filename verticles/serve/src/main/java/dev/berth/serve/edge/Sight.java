package dev.berth.serve.edge;

/**
 * What one look at a connection shows.
 *
 * @param nanos monotonic time of the look
 * @param received bytes that came in since the connection opened
 * @param reading whether we take bytes; false while we hold the peer back
 * @param pending bytes that wait to be sent
 * @param progress any number that changes whenever some of them were sent
 * @param begun requests that began since the connection opened
 * @param running requests that are not answered yet
 * @param heading whether a part of a request's head is there; on h2, where other frames come too, nobody knows
 * @param uploading whether a request's body is still to come
 * @param upgraded whether the connection became a websocket
 */
record Sight(
        long nanos,
        long received,
        boolean reading,
        long pending,
        long progress,
        long begun,
        int running,
        boolean heading,
        boolean uploading,
        boolean upgraded) {}
