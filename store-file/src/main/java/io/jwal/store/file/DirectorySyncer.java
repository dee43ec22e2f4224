package io.jwal.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Syncs directories on a thread that nobody can interrupt. Java opens directories only as channels, and an interrupt
 * hides what a channel's sync had to say: the failure would be lost, and a second sync would not report it again.
 */
final class DirectorySyncer implements AutoCloseable {
    private static final long IDLE_SECONDS = 1;

    private final ThreadPoolExecutor thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Path, Request> latest = new HashMap<>();

    DirectorySyncer(String log) {
        thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread worker = new Thread(task, "jwal-directory-sync " + log);
            worker.setDaemon(true);
            return worker;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    /** Syncs a directory. */
    void sync(Path directory) throws IOException {
        request(directory).await();
    }

    /** Begins to sync a directory; a failure is thrown by the next {@link #sync} of it, or by {@link #close}. */
    void syncSoon(Path directory) throws IOException {
        request(directory);
    }

    private Request request(Path directory) throws IOException {
        lock.lock();
        try {
            Request earlier = latest.get(directory);
            if (earlier != null && !earlier.begun) {
                return earlier;
            }
            Request request = new Request(directory, earlier);
            thread.execute(request);
            latest.put(directory, request);
            return request;
        } catch (RejectedExecutionException e) {
            throw new IOException("the store of " + directory + " is closed", e);
        } finally {
            lock.unlock();
        }
    }

    /** Finishes what was begun and ends the thread. */
    @Override
    public void close() throws IOException {
        thread.shutdown();
        lock.lock();
        try {
            for (Request request : latest.values()) {
                request.await();
            }
        } finally {
            latest.clear();
            lock.unlock();
        }
    }

    /** One sync, shared by all who asked before it began. */
    private static final class Request implements Runnable {
        private final Path directory;
        private final CountDownLatch done = new CountDownLatch(1);
        private @Nullable Request earlier;
        private @Nullable IOException failure;
        private volatile boolean begun;

        Request(Path directory, @Nullable Request earlier) {
            this.directory = directory;
            this.earlier = earlier;
        }

        @Override
        public void run() {
            begun = true;
            try {
                if (earlier != null) {
                    // There is one thread, so it is done. Its failure stays: a second sync would not report it again.
                    earlier.await();
                    earlier = null;
                }
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            } catch (IOException e) {
                failure = e;
            } finally {
                done.countDown();
            }
        }

        void await() throws IOException {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        done.await();
                        break;
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            if (failure != null) {
                throw new IOException("cannot sync the directory " + directory + ": " + failure.getMessage(), failure);
            }
        }
    }
}
