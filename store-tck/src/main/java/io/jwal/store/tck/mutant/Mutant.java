package io.jwal.store.tck.mutant;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A mistake that a test has to notice. It is made in the source, so that the product needs no switch for it.
 *
 * @param name what the mistake is
 * @param loses what a user would lose by it
 * @param killer the test that has to fail
 * @param edits what is changed, one place each
 */
public record Mutant(String name, String loses, Killer killer, List<Edit> edits) {
    /** Copies the list. */
    public Mutant {
        edits = List.copyOf(edits);
    }

    /**
     * A test method.
     *
     * @param type the name of its class
     * @param method its name
     */
    public record Killer(String type, String method) {
        /**
         * A method of a class.
         *
         * @param type the class
         * @param method the method's name
         * @return the killer
         */
        public static Killer of(Class<?> type, String method) {
            return new Killer(type.getName(), method);
        }

        @Override
        public String toString() {
            return type.substring(type.lastIndexOf('.') + 1) + "." + method;
        }
    }

    /**
     * A place in a source file.
     *
     * @param source the file, relative to the module
     * @param snippet what stands there, once
     * @param replacement what stands there instead
     */
    public record Edit(Path source, String snippet, String replacement) {}

    /**
     * A mutant that changes nothing yet.
     *
     * @param name what the mistake is
     * @param loses what a user would lose by it
     * @param killer the test that has to fail
     * @return the mutant
     */
    public static Mutant named(String name, String loses, Killer killer) {
        return new Mutant(name, loses, killer, List.of());
    }

    /**
     * The same mutant with a change more.
     *
     * @param source the file, relative to the module
     * @param snippet what stands there, once
     * @param replacement what stands there instead
     * @return the mutant
     */
    public Mutant replacing(String source, String snippet, String replacement) {
        List<Edit> more = new ArrayList<>(edits);
        more.add(new Edit(Path.of(source), snippet, replacement));
        return new Mutant(name, loses, killer, more);
    }
}
