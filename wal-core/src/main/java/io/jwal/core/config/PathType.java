package io.jwal.core.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A path on this machine; a relative one starts at the working directory. */
final class PathType implements ScalarType {
    @Override
    public String expected() {
        return "a path, such as ./data";
    }

    @Override
    public boolean isQuoted() {
        return true;
    }

    @Override
    public Object parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a path is not empty; write . for the working directory");
        }
        if (text.equals("~") || text.startsWith("~/")) {
            throw new IllegalArgumentException("~ is a shell's word and means nothing here; write ${HOME}");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(Quoted.text(text) + " is not a path: " + e.getReason(), e);
        }
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return definitions
                .object()
                .put("type", "string")
                .put("pattern", "\\S")
                .set("not", definitions.object().put("pattern", "^~(/|$)"));
    }
}
