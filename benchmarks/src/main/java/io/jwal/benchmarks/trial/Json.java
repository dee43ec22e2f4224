package io.jwal.benchmarks.trial;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;

/** Records as files. Paths are plain text, so that a process in another language can read them. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new PathModule())
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Json() {}

    /** Reads a record. */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        return MAPPER.readValue(file.toFile(), type);
    }

    /** Writes a record. */
    public static void write(Path file, Object record) throws IOException {
        MAPPER.writeValue(file.toFile(), record);
    }

    /** Writes a record for people to read, too. */
    public static void writePretty(Path file, Object record) throws IOException {
        MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), record);
    }
}
