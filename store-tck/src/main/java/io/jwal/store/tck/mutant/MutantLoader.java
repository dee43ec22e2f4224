package io.jwal.store.tck.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Loads the project's classes anew, some of them changed; all others are those that everybody has. */
final class MutantLoader extends ClassLoader {
    private final Map<String, byte[]> changed;

    MutantLoader(Map<String, byte[]> changed) {
        super(new Others());
        this.changed = changed;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = changed.get(name);
        if (bytes == null) {
            bytes = unchanged(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] unchanged(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** Knows everything but the project's classes. */
    private static final class Others extends ClassLoader {
        private static final String PROJECT = "io.jwal.";

        Others() {
            super(MutantLoader.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(PROJECT)) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
