package dev.berth.fetch.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.ProxyOptions;
import java.util.Map;

/**
 * How we appear on the wire.
 *
 * @param userAgent of every request
 * @param proxy {@code host:port} of an HTTP proxy that everything goes through, or empty
 * @param limits what each server may take
 * @param budgets bytes per second of single sources, by base URL without a slash at its end
 */
public record Wire(String userAgent, String proxy, HttpLimits limits, Map<String, Long> budgets) {
    private static final int CHUNK = 64 << 10;
    private static final int MOST_HEADER_BYTES = 64 << 10;

    /** Without budgets of single sources. */
    public Wire(String userAgent, String proxy, HttpLimits limits) {
        this(userAgent, proxy, limits, Map.of());
    }

    /** HTTP/1.1 only: one body for each connection, so a slow one never stops another. */
    HttpClientAgent client(Vertx vertx) {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setSsl(true)
                .setMaxChunkSize(CHUNK)
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setKeepAlive(true)
                .setConnectTimeout((int) limits.connect().toMillis());
        if (OpenSSLEngineOptions.isAvailable()) {
            options.setSslEngineOptions(new OpenSSLEngineOptions());
        }
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(limits.requests());
        return vertx.httpClientBuilder().with(options).with(pool).build();
    }

    RequestOptions throughProxy(RequestOptions options) {
        if (proxy.isEmpty()) {
            return options;
        }
        int colon = proxy.lastIndexOf(':');
        return options.setProxyOptions(new ProxyOptions()
                .setHost(proxy.substring(0, colon))
                .setPort(Integer.parseInt(proxy.substring(colon + 1))));
    }
}
