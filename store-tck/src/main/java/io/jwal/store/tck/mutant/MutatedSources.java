package io.jwal.store.tck.mutant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles the changed sources of a mutant, against the classes that this JVM runs with. */
final class MutatedSources {
    private final String name;
    private final Map<Path, String> texts = new LinkedHashMap<>();

    /**
     * The sources with a mutant's edits made.
     *
     * @throws AssertionError if a snippet does not stand there exactly once: the mutant is stale
     */
    MutatedSources(Mutant mutant) {
        name = mutant.name();
        for (Mutant.Edit edit : mutant.edits()) {
            String text = texts.computeIfAbsent(edit.source(), MutatedSources::read);
            int at = text.indexOf(edit.snippet());
            if (at < 0 || text.indexOf(edit.snippet(), at + 1) >= 0) {
                throw new AssertionError("the mutant \"" + mutant.name() + "\" is stale: its snippet stands "
                        + (at < 0 ? "no longer" : "more than once") + " in " + edit.source()
                        + "; find the place that it means and adapt it: " + edit.snippet());
            }
            texts.put(
                    edit.source(),
                    text.substring(0, at)
                            + edit.replacement()
                            + text.substring(at + edit.snippet().length()));
        }
    }

    private static String read(Path source) {
        try {
            // Line ends as in the snippets, wherever the file was checked out.
            return Files.readString(source).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Compiles them.
     *
     * @return the bytes of each class by its name
     * @throws AssertionError if a source does not compile
     */
    Map<String, byte[]> compile() {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "mutants need a JDK");
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        StringWriter messages = new StringWriter();
        JavaFileManager files =
                new InMemory(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8), classes);
        List<Source> sources = texts.entrySet().stream()
                .map(text -> new Source(text.getKey().toUri(), text.getValue()))
                .toList();
        List<String> options =
                List.of("-proc:none", "-implicit:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
        if (!compiler.getTask(messages, files, null, options, null, sources).call()) {
            throw new AssertionError("the mutant \"" + name + "\" does not compile: " + messages);
        }
        Map<String, byte[]> bytes = new HashMap<>();
        classes.forEach((name, out) -> bytes.put(name, out.toByteArray()));
        return bytes;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(URI where, String text) {
            super(where, Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes;

        InMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            URI where = URI.create("memory:///" + name.replace('.', '/') + kind.extension);
            return new SimpleJavaFileObject(where, kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    classes.put(name, out);
                    return out;
                }
            };
        }
    }
}
