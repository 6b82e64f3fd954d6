package io.patchcord.ari;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Makes the HTTP client of one {@link AriClient}: own threads, own connections, nothing shared. */
final class HttpClients {

    /** Asterisk drops idle connections after 15 s (session_keep_alive of http.conf); we must be first. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private HttpClients() {}

    static OkHttpClient create(
            Duration connectTimeout,
            Duration requestTimeout,
            int maxConcurrentRequests,
            AriEndpoint endpoint,
            @Nullable Path trustedCa) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dispatcher(dispatcher(maxConcurrentRequests))
                .connectionPool(new ConnectionPool(maxConcurrentRequests, IDLE.toMillis(), TimeUnit.MILLISECONDS))
                .connectTimeout(connectTimeout)
                .readTimeout(requestTimeout)
                .writeTimeout(requestTimeout)
                .callTimeout(requestTimeout)
                // A redirect would carry us, and our credentials, to a place nobody configured.
                .followRedirects(false)
                .followSslRedirects(false);
        if (trustedCa != null) {
            if (!endpoint.base().isHttps()) {
                throw new IllegalArgumentException(
                        "a trusted CA is given, but " + endpoint + " is not https; use https or leave the CA out");
            }
            trust(builder, trustedCa);
        }
        return builder.build();
    }

    private static Dispatcher dispatcher(int maxConcurrentRequests) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory threads = work -> {
            Thread thread = new Thread(work, "ari-http-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        Dispatcher dispatcher = new Dispatcher(new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), threads));
        // The reader of the events socket takes one of the places in all, but none of those per host.
        dispatcher.setMaxRequests(maxConcurrentRequests + 2);
        dispatcher.setMaxRequestsPerHost(maxConcurrentRequests);
        return dispatcher;
    }

    private static void trust(OkHttpClient.Builder builder, Path pem) {
        try {
            X509TrustManager trustManager = trustManager(pem);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trustManager}, null);
            builder.sslSocketFactory(context.getSocketFactory(), trustManager);
        } catch (IOException e) {
            throw new IllegalArgumentException("the CA file " + pem + " cannot be read: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the CA file " + pem + " holds no certificates in PEM form: " + e.getMessage(), e);
        }
    }

    private static X509TrustManager trustManager(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int index = 0;
        for (Certificate certificate : certificates(pem)) {
            store.setCertificateEntry("ca-" + index++, certificate);
        }
        if (index == 0) {
            throw new GeneralSecurityException("no BEGIN CERTIFICATE in it");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static Collection<? extends Certificate> certificates(Path pem)
            throws IOException, GeneralSecurityException {
        try (InputStream file = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(file);
        }
    }
}
