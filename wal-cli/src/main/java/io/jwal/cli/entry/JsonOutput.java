package io.jwal.cli.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.jwal.cli.shell.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Each entry as a JSON object on a line of its own. Content that is UTF-8 is {@code text}, all other {@code base64}, so
 * that {@link JsonInput} gives the same bytes back.
 */
final class JsonOutput implements EntryOutput {
    private final JsonGenerator generator;

    JsonOutput(Output out) throws IOException {
        generator = new JsonFactory().createGenerator(out);
        generator.setPrettyPrinter(new MinimalPrettyPrinter(""));
        generator.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    @Override
    public void write(long index, @Nullable Instant time, ByteBuffer content) throws IOException {
        generator.writeStartObject();
        generator.writeNumberField("index", index);
        if (time != null) {
            generator.writeStringField("time", time.toString());
        }
        writeContent(content);
        generator.writeEndObject();
        generator.writeRaw('\n');
        generator.flush(); // into our own buffer only
    }

    private void writeContent(ByteBuffer content) throws IOException {
        String text;
        try {
            text = UTF_8.newDecoder().decode(content.duplicate()).toString();
        } catch (CharacterCodingException e) {
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            generator.writeBinaryField("base64", bytes);
            return;
        }
        generator.writeStringField("text", text);
    }
}
