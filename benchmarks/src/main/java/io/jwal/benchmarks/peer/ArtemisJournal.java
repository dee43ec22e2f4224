package io.jwal.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFileFactory;
import org.apache.activemq.artemis.core.journal.RecordInfo;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;

/**
 * The journal of ActiveMQ Artemis over NIO, with its stock file and buffer sizes. Several threads share its timed buffer,
 * whose timeout is the disk's own sync time; one thread writes without the buffer, for which it would only wait.
 */
final class ArtemisJournal implements Peer {
    private static final int FILE_BYTES = 10 << 20;
    private static final int BUFFER_BYTES = 490 << 10;
    private static final int FILES = 4;
    private static final byte RECORD = 1;
    private static final long TRANSACTION = Long.MAX_VALUE / 2;

    private final JournalImpl journal;
    private final boolean durable;
    private final AtomicLong last = new AtomicLong();
    private final AtomicLong transactions = new AtomicLong(TRANSACTION);

    private ArtemisJournal(JournalImpl journal, boolean durable) {
        this.journal = journal;
        this.durable = durable;
    }

    static ArtemisJournal open(Path directory, PeerOptions options) throws Exception {
        Files.createDirectories(directory);
        boolean buffered = options.threads() > 1 || !options.durable();
        NIOSequentialFileFactory files = new NIOSequentialFileFactory(
                directory.toFile(),
                buffered,
                BUFFER_BYTES,
                (int) options.syncTime().toNanos(),
                1,
                false);
        // No compaction: what was appended stays
        JournalImpl journal = new JournalImpl(FILE_BYTES, FILES, FILES, 0, 0, files, "journal", "amq", 1);
        journal.start();
        List<RecordInfo> present = new ArrayList<>();
        journal.load(present, new ArrayList<>(), (transaction, added, deleted) -> {}, false);
        ArtemisJournal opened = new ArtemisJournal(journal, options.durable());
        opened.last.set(present.size());
        return opened;
    }

    @Override
    public void append(byte[] entry) throws Exception {
        journal.appendAddRecord(last.incrementAndGet(), RECORD, entry, durable);
    }

    @Override
    public void appendAll(List<byte[]> entries) throws Exception {
        long transaction = transactions.incrementAndGet();
        for (byte[] entry : entries) {
            journal.appendAddRecordTransactional(transaction, last.incrementAndGet(), RECORD, entry);
        }
        journal.appendCommitRecord(transaction, durable);
    }

    @Override
    public void flush() throws Exception {
        journal.appendAddRecord(last.incrementAndGet(), RECORD, new byte[0], true);
    }

    @Override
    public Scan scan() {
        throw new UnsupportedOperationException("the journal is read as a whole, into the heap, when it is opened");
    }

    @Override
    public long read(long index) {
        throw new UnsupportedOperationException("the journal has no reads");
    }

    @Override
    public void dropBefore(long index) {
        throw new UnsupportedOperationException("the journal deletes record by record");
    }

    @Override
    public void close() throws IOException {
        try {
            journal.stop();
        } catch (Exception e) {
            throw new IOException("the journal did not stop", e);
        }
    }
}
