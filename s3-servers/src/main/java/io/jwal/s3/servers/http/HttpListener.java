package io.jwal.s3.servers.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server on a free port of the loopback interface, with a thread for each connection. {@link #down()} ends it as a
 * server's crash would, and {@link #up()} brings it back at the same port.
 */
public final class HttpListener implements AutoCloseable {
    private static final int BACKLOG = 256;

    private final String name;
    private final Supplier<HttpHandler> handlers;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket server;
    private volatile Thread acceptor;
    private volatile @Nullable Socket place;

    /**
     * Starts to listen.
     *
     * @param name of its threads
     * @param handlers makes the handler of each connection
     * @throws IOException if no port is free
     */
    public HttpListener(String name, Supplier<HttpHandler> handlers) throws IOException {
        this.name = name;
        this.handlers = handlers;
        this.server = listen(0);
        this.acceptor = start(server);
    }

    /**
     * Where it listens.
     *
     * @return a URI without a path
     */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Ends all connections and takes no more. */
    public void down() {
        stopListening();
        keepPort();
        connections.forEach(HttpListener::cut);
    }

    private void stopListening() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot stop listening at " + endpoint(), e);
        }
        awaitAcceptor(); // as long as it waits within the kernel, the port is taken
    }

    /** Listens again. */
    public void up() {
        leavePort(); // first: not every system lets two sockets have one port, even when only one of them listens
        try {
            server = listen(server.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException("cannot listen again at " + endpoint() + ": has another taken it?", e);
        }
        acceptor = start(server);
    }

    @Override
    public void close() {
        stopListening();
        leavePort();
        connections.forEach(HttpListener::cut);
    }

    /** Whoever asks for a free port meanwhile gets another one; whoever connects to this one is refused. */
    private void keepPort() {
        leavePort();
        Socket unconnected = new Socket();
        place = unconnected;
        try {
            unconnected.setReuseAddress(true);
            unconnected.bind(address(server.getLocalPort()));
        } catch (IOException e) {
            throw new IllegalStateException("cannot keep the port of " + endpoint(), e);
        }
    }

    private void leavePort() {
        Socket unconnected = place;
        place = null;
        if (unconnected != null) {
            cut(unconnected);
        }
    }

    private static InetSocketAddress address(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address(port), BACKLOG);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void awaitAcceptor() {
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread start(ServerSocket listening) {
        return run(name + "-accept", () -> {
            while (!listening.isClosed()) {
                accept(listening);
            }
        });
    }

    private void accept(ServerSocket listening) {
        try {
            Socket socket = listening.accept();
            connections.add(socket);
            if (listening.isClosed()) {
                cut(socket); // down() may not have seen it
            }
            run(name + "-" + socket.getPort(), () -> {
                try (HttpConnection connection = new HttpConnection(socket, handlers.get())) {
                    connection.serve();
                } catch (IOException e) {
                    cut(socket); // its client sees that it has ended, which is all there is to say
                } finally {
                    connections.remove(socket);
                }
            });
        } catch (IOException e) {
            if (!listening.isClosed()) {
                throw new IllegalStateException("cannot accept connections at " + endpoint(), e);
            }
        }
    }

    private static Thread run(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot close " + socket, e);
        }
    }
}
