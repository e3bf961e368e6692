package dev.berth.testkit.upstream;

import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/** Takes every client certificate as it comes, as LXD does: whom it belongs to is looked at later. */
final class AnyClient implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw new IllegalStateException("only clients come here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
