package io.jwal.cli.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Each JSON object is an entry, as {@link JsonOutput} writes them: {@code text} or {@code base64} holds the content,
 * {@code index} may name its index; {@code time} is ignored.
 */
final class JsonInput implements EntryInput {
    private static final String SHAPE =
            "an entry is {\"text\": \"…\"} or {\"base64\": \"…\"}, with an \"index\" if it has one";

    private final JsonParser parser;
    private final String name;
    private final long maxEntry;
    private @Nullable JsonLocation location;
    private long index;

    JsonInput(InputStream in, String name, long maxEntry) throws IOException {
        this.name = name;
        this.maxEntry = maxEntry;
        int longest = (int) Math.min(Integer.MAX_VALUE - 8, maxEntry / 3 * 4 + 16); // base64 is the longest form
        parser = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(longest)
                        .maxDocumentLength(-1)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build()
                .createParser(in);
    }

    @Override
    public byte @Nullable [] next() throws IOException, RefusedInputException {
        try {
            JsonToken token = parser.nextToken();
            location = parser.currentTokenLocation();
            if (token == null) {
                return null;
            }
            if (token != JsonToken.START_OBJECT) {
                throw refused("this is no object; " + SHAPE);
            }
            byte[] content = object();
            if (content.length > maxEntry) {
                throw RefusedInputException.tooLarge(place(), "the entry is longer", maxEntry);
            }
            return content;
        } catch (JsonProcessingException e) {
            location = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            throw refused("this cannot be read as JSON: " + e.getOriginalMessage());
        }
    }

    private byte[] object() throws IOException, RefusedInputException {
        byte[] content = null;
        index = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "index" -> index = index(value);
                case "time" -> {
                    if (!value.isScalarValue()) {
                        throw refused("\"time\" is a string");
                    }
                }
                case "text", "base64" -> {
                    if (content != null) {
                        throw refused("it has both \"text\" and \"base64\"; one of them is the content");
                    }
                    content = content(field, value);
                }
                default -> throw refused("unknown field \"" + field + "\"; " + SHAPE);
            }
        }
        if (content == null) {
            throw refused("it has no content; " + SHAPE);
        }
        return content;
    }

    private long index(JsonToken value) throws IOException, RefusedInputException {
        long number = value == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : 0;
        if (number < 1 || number == Long.MAX_VALUE) {
            throw refused("\"index\" is a whole number from 1 up");
        }
        return number;
    }

    private byte[] content(String field, JsonToken value) throws IOException, RefusedInputException {
        if (value != JsonToken.VALUE_STRING) {
            throw refused("\"" + field + "\" is a string");
        }
        if (field.equals("base64")) {
            return parser.getBinaryValue();
        }
        try {
            ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(parser.getText()));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw refused("\"text\" holds half of a surrogate pair, which is no text; use \"base64\"");
        }
    }

    private RefusedInputException refused(String what) {
        return new RefusedInputException(place(), what);
    }

    @Override
    public long index() {
        return index;
    }

    @Override
    public String place() {
        JsonLocation at = location;
        return at == null ? name : name + ", line " + at.getLineNr() + ", byte " + at.getByteOffset();
    }
}
