package io.jwal.input;

import org.junit.jupiter.api.Assumptions;

/** Says on the console what is not tested here; a skipped test alone is easily overlooked. */
public final class NotTested {
    private NotTested() {}

    /** Ends the test. */
    public static void skip(String what, String why) {
        System.out.println("NOT TESTED: " + what + "; " + why);
        Assumptions.abort(why);
    }
}
