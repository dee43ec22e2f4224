package io.jwal.benchmarks.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.Records;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.storage.log.FetchIsolation;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.LogStartOffsetIncrementReason;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;

/**
 * The log of a Kafka partition without the broker: no compression, one record batch for each append; where it is to be
 * durable, preallocated segments and a flush after each append. Batches are checked when they are read, as a consumer does.
 */
final class KafkaLog implements Peer {
    private static final int SEGMENT_BYTES = 64 << 20;
    private static final int FETCH_BYTES = 1 << 20;
    private static final String CLEAN = "clean"; // the broker's mark of an orderly end
    private static final int PRODUCER_EXPIRATION_MILLIS = 86_400_000;

    private final KafkaScheduler scheduler;
    private final UnifiedLog log;
    private final boolean durable;
    private final ByteBuffer fetched = ByteBuffer.allocate(2 * FETCH_BYTES);

    private KafkaLog(KafkaScheduler scheduler, UnifiedLog log, boolean durable) {
        this.scheduler = scheduler;
        this.log = log;
        this.durable = durable;
    }

    static KafkaLog open(Path directory, PeerOptions options) throws Exception {
        Path partition = Files.createDirectories(directory.resolve("log-0"));
        Map<String, String> config = Map.of(
                TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(SEGMENT_BYTES),
                TopicConfig.PREALLOCATE_CONFIG, Boolean.toString(options.durable()),
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        Properties properties = new Properties();
        properties.putAll(config);
        KafkaScheduler scheduler = new KafkaScheduler(1);
        scheduler.startup();
        UnifiedLog log = UnifiedLog.create(
                partition.toFile(),
                new LogConfig(properties),
                0,
                0,
                scheduler,
                new BrokerTopicStats(),
                Time.SYSTEM,
                PRODUCER_EXPIRATION_MILLIS,
                new ProducerStateManagerConfig(PRODUCER_EXPIRATION_MILLIS, false),
                PRODUCER_EXPIRATION_MILLIS,
                new LogDirFailureChannel(1),
                Files.exists(directory.resolve(CLEAN)),
                Optional.empty());
        Files.deleteIfExists(directory.resolve(CLEAN));
        return new KafkaLog(scheduler, log, options.durable());
    }

    @Override
    public void append(byte[] entry) throws Exception {
        append(MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(entry)));
    }

    @Override
    public void appendAll(List<byte[]> entries) throws Exception {
        append(MemoryRecords.withRecords(
                Compression.NONE, entries.stream().map(SimpleRecord::new).toArray(SimpleRecord[]::new)));
    }

    private void append(MemoryRecords records) throws Exception {
        log.appendAsLeader(records, 0);
        if (durable) {
            log.flush(false);
        }
    }

    @Override
    public void flush() {
        log.flush(false);
    }

    @Override
    public Scan scan() throws Exception {
        long entries = 0;
        long stamps = 0;
        long offset = 0;
        while (offset < log.logEndOffset()) {
            for (RecordBatch batch : fetch(offset, FETCH_BYTES).batches()) {
                batch.ensureValid();
                for (Record record : batch) {
                    stamps += Entries.stamp(record.value().order(ByteOrder.LITTLE_ENDIAN));
                    entries++;
                }
                offset = batch.nextOffset();
            }
        }
        return new Scan(entries, stamps);
    }

    @Override
    public long read(long index) throws Exception {
        for (RecordBatch batch : fetch(index - 1, 1).batches()) {
            batch.ensureValid();
            for (Record record : batch) {
                if (record.offset() == index - 1) {
                    return Entries.stamp(record.value());
                }
            }
        }
        throw new IllegalStateException("no record at offset " + (index - 1));
    }

    private MemoryRecords fetch(long offset, int bytes) throws Exception {
        Records found = log.read(offset, bytes, FetchIsolation.LOG_END, true).records;
        ((FileRecords) found).readInto(fetched.clear().limit(found.sizeInBytes()), 0);
        return MemoryRecords.readableRecords(fetched);
    }

    @Override
    public void dropBefore(long index) throws Exception {
        log.updateHighWatermark(log.logEndOffset());
        log.maybeIncrementLogStartOffset(index - 1, LogStartOffsetIncrementReason.ClientRecordDeletion);
        log.deleteOldSegments();
    }

    @Override
    public void close() throws IOException {
        log.close();
        Files.createFile(log.dir().toPath().resolveSibling(CLEAN));
        try {
            scheduler.shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
