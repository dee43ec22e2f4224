package io.jwal.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.jwal.cli.shell.Output;
import java.io.IOException;

/** Where JSON for programs is begun. */
final class Json {
    private Json() {}

    /** One document, laid out for people who look at it all the same; closing it ends its last line. */
    static JsonGenerator pretty(Output out) throws IOException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        JsonGenerator generator = new JsonFactory().createGenerator(new EndedLine(out));
        generator.setPrettyPrinter(
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
        return generator;
    }

    /** Ends with a newline, and leaves standard output open. */
    private static final class EndedLine extends java.io.FilterOutputStream {
        private EndedLine(Output out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.write('\n');
        }
    }
}
