package dev.berth.serve.edge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import java.security.cert.X509Certificate;

/** Clients for tests: one that speaks HTTP well, and bare sockets for what it would never send. */
final class Client {
    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,connection,content-length");
        System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
    }

    private Client() {}

    static HttpClient http() throws Exception {
        return http(tls(null));
    }

    static HttpClient http(SSLContext tls) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    static HttpResponse<byte[]> get(RunningEdge edge, String path, String... headers) throws Exception {
        return send(http(), edge, "GET", path, headers);
    }

    static HttpResponse<byte[]> send(HttpClient client, RunningEdge edge, String method, String path, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(edge.url(path)))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /**
     * @param own who the client is, or null for a stranger
     * @param behind what it shows after its own certificate, as if that had signed it
     */
    static SSLContext tls(SelfSignedCertificate own, X509Certificate... behind) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(own, behind), new TrustManager[] {new AnyClient()}, null);
        return context;
    }

    private static KeyManager[] keys(SelfSignedCertificate own, X509Certificate... behind) throws Exception {
        if (own == null) {
            return null;
        }
        // The other kinds refuse a chain that is none.
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        Stream<X509Certificate> chain = Stream.concat(Stream.of(own.certificate()), Stream.of(behind));
        store.setKeyEntry("own", own.privateKey(), new char[0], chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    static SSLSocket socket(RunningEdge edge) throws Exception {
        SSLSocket socket = (SSLSocket) tls(null).getSocketFactory().createSocket("127.0.0.1", edge.port());
        socket.setSoTimeout(15_000);
        socket.startHandshake();
        return socket;
    }

    /** Sends bytes as they are, and reads until the server closes or is silent for {@code patienceMillis}. */
    static String raw(RunningEdge edge, String request, int patienceMillis) throws Exception {
        try (SSLSocket socket = socket(edge)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.setSoTimeout(patienceMillis);
            return read(socket);
        }
    }

    /** What came, and {@code |closed} or {@code |open} for how it ended. */
    static String read(Socket socket) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String end = "|closed";
        try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes.write(buffer, 0, n);
            }
        } catch (SocketTimeoutException silent) {
            end = "|open";
        } catch (IOException reset) {
            end = "|closed";
        }
        return bytes.toString(StandardCharsets.ISO_8859_1) + end;
    }
}
