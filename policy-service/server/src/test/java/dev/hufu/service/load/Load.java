package dev.hufu.service.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * One request over and over from a number of connections that stay open, each waiting for its answer before it asks again. Bytes
 * on a socket and not a client library, because client and server share the machine's processors.
 *
 * @param perSecond answers a second
 * @param p50Millis median of an answer's time
 * @param p99Millis 99th percentile
 */
record Load(double perSecond, double p50Millis, double p99Millis) {
    /** @throws IllegalStateException when an answer is anything but 200 */
    static Load run(int port, String request, int connections, Duration time) throws Exception {
        byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
        long end = System.nanoTime() + time.toNanos();
        long[] nanos;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<LongStream>> callers = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                callers.add(() -> ask(port, bytes, end));
            }
            LongStream all = LongStream.empty();
            for (Future<LongStream> caller : threads.invokeAll(callers)) {
                all = LongStream.concat(all, caller.get());
            }
            nanos = all.sorted().toArray();
        }
        return new Load(
                nanos.length / (time.toNanos() / 1e9),
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 99L / 100)] / 1e6);
    }

    private static LongStream ask(int port, byte[] request, long end) throws IOException {
        LongStream.Builder nanos = LongStream.builder();
        while (System.nanoTime() < end) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                OutputStream out = socket.getOutputStream();
                InputStream in = new BufferedInputStream(socket.getInputStream());
                boolean open = true;
                for (long begun = System.nanoTime(); open && begun < end; begun = System.nanoTime()) {
                    out.write(request);
                    open = answer(in);
                    nanos.add(System.nanoTime() - begun);
                }
            }
        }
        return nanos.build();
    }

    /** Reads one answer to its end, a length or chunks; false when the server ends the connection with it. */
    private static boolean answer(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IllegalStateException("the server answered " + status);
        }
        int length = -1;
        boolean open = true;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
            open &= !name.equals("connection: close");
        }
        if (length >= 0) {
            in.skipNBytes(length);
            return open;
        }
        for (int chunk = -1; chunk != 0; ) {
            chunk = Integer.parseInt(line(in), 16);
            in.skipNBytes(chunk + 2L);
        }
        return open;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new UncheckedIOException(new IOException("the server closed the connection"));
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
