package io.jwal.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jwal.cli.shell.Output;
import io.jwal.core.LogInspector;
import io.jwal.core.LogInspector.BatchDetails;
import io.jwal.core.LogInspector.SegmentDetails;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Shows programs how a log is laid out. */
final class InspectionJson {
    private final LogInspector inspector;
    private final LogManifest manifest;
    private final boolean batches;

    InspectionJson(LogInspector inspector, LogManifest manifest, boolean batches) {
        this.inspector = inspector;
        this.manifest = manifest;
        this.batches = batches;
    }

    void print(List<LogManifest.Segment> segments, Output out) throws IOException {
        try (JsonGenerator json = Json.pretty(out)) {
            json.writeStartObject();
            json.writeNumberField("epoch", manifest.epoch());
            json.writeNumberField("firstIndex", manifest.firstIndex());
            json.writeNumberField("durableIndex", manifest.durableIndex());
            json.writeNumberField("cutCounter", manifest.cutCounter());
            json.writeArrayFieldStart("cuts");
            for (LogManifest.Cut cut : manifest.cuts()) {
                json.writeStartObject();
                json.writeNumberField("counter", cut.counter());
                json.writeNumberField("lastIndex", cut.lastIndex());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("unnamedSegments");
            for (SegmentId unnamed : inspector.unnamedSegments(manifest)) {
                json.writeString(unnamed.toString());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("segments");
            for (LogManifest.Segment segment : segments) {
                print(segment, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void print(LogManifest.Segment segment, JsonGenerator json) throws IOException {
        SegmentDetails details = inspector.details(segment);
        json.writeStartObject();
        json.writeStringField("id", details.id().toString());
        json.writeStringField("state", details.state().name().toLowerCase(Locale.ROOT));
        json.writeStringField("salt", String.format(Locale.ROOT, "%016x", details.salt()));
        json.writeNumberField("bytes", details.bytes());
        if (details.firstIndex() > 0) {
            json.writeNumberField("first", details.firstIndex());
            json.writeNumberField("last", details.lastIndex());
            json.writeStringField("firstTime", details.firstTime().toString());
            json.writeStringField("lastTime", details.lastTime().toString());
        }
        if (!details.problem().isEmpty()) {
            json.writeStringField("problem", details.problem());
        }
        if (batches && details.problem().isEmpty()) {
            json.writeArrayFieldStart("batches");
            inspector.batches(segment, batch -> {
                try {
                    print(batch, json);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void print(BatchDetails batch, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("offset", batch.offset());
        json.writeNumberField("bytes", batch.bytes());
        json.writeNumberField("entries", batch.entries());
        if (batch.entries() > 0) {
            json.writeNumberField("first", batch.firstIndex());
            json.writeNumberField("last", batch.lastIndex());
            json.writeNumberField("durable", batch.durableIndex());
            json.writeStringField("time", batch.time().toString());
        }
        json.writeBooleanField("sound", batch.sound());
        json.writeEndObject();
    }
}
