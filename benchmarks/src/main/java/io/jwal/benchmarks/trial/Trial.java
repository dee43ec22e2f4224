package io.jwal.benchmarks.trial;

import io.jwal.benchmarks.work.Case;
import io.jwal.benchmarks.work.Cases;
import io.jwal.benchmarks.work.TrialSpec;
import java.nio.file.Path;

/** The process that does one piece of work: {@code prepare SPEC.json} or {@code measure SPEC.json RESULT.json}. */
public final class Trial {
    private Trial() {}

    /** Ends without closing what the work left open, so a work can leave a log as a crash would. */
    public static void main(String[] arguments) throws Exception {
        try {
            TrialSpec spec = Json.read(Path.of(arguments[1]), TrialSpec.class);
            Case work = Cases.of(spec.caseId());
            if (arguments[0].equals("prepare")) {
                work.work().prepare(spec);
            } else {
                Json.write(Path.of(arguments[2]), work.work().measure(spec));
            }
            Runtime.getRuntime().halt(0);
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
