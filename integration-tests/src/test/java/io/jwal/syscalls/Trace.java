package io.jwal.syscalls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What strace has written down: the calls of the system, in the order in which they ended. */
final class Trace {
    private static final Pattern WHOLE = Pattern.compile("(\\d+) +(\\w+)\\((.*)\\) += (-?\\d+|\\?)(.*)");
    private static final Pattern BEGUN = Pattern.compile("(\\d+) +(\\w+\\(.*?),? *<unfinished \\.\\.\\.>");
    private static final Pattern ENDED = Pattern.compile("(\\d+) +<\\.\\.\\. \\w+ resumed>(.*)");
    private static final Pattern DESCRIPTOR = Pattern.compile("^\\d+<([^>]*)>");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private Trace() {}

    /**
     * A call that has ended.
     *
     * @param name such as {@code fsync}
     * @param path of the file it was about; of a rename where it comes from
     * @param arguments all of them, as strace shows them
     * @param failed whether it returned an error
     */
    record Call(String name, String path, String arguments, boolean failed) {
        boolean isSync() {
            return name.equals("fsync") || name.equals("fdatasync");
        }

        boolean isWrite() {
            return name.equals("write") || name.equals("pwrite64") || name.equals("pwritev");
        }

        boolean creates() {
            return name.equals("openat") && arguments.contains("O_CREAT");
        }
    }

    /** Whether something is said anywhere in it. */
    static boolean shows(Path file, String what) throws IOException {
        return Files.readString(file, ISO_8859_1).contains(what);
    }

    static List<Call> read(Path file) throws IOException {
        List<Call> calls = new ArrayList<>();
        Map<String, String> begun = new HashMap<>();
        for (String line : Files.readAllLines(file, ISO_8859_1)) {
            Matcher start = BEGUN.matcher(line);
            Matcher end = ENDED.matcher(line);
            String whole = line;
            if (start.matches()) {
                begun.put(start.group(1), start.group(2));
                continue;
            } else if (end.matches()) {
                whole = end.group(1) + " " + begun.remove(end.group(1)) + end.group(2);
            }
            Matcher call = WHOLE.matcher(whole);
            if (call.matches()) {
                String arguments = call.group(3);
                boolean failed = call.group(4).startsWith("-");
                calls.add(new Call(call.group(2), path(arguments), arguments, failed));
            }
        }
        return calls;
    }

    private static String path(String arguments) {
        Matcher descriptor = DESCRIPTOR.matcher(arguments);
        if (descriptor.find()) {
            return descriptor.group(1);
        }
        Matcher quoted = QUOTED.matcher(arguments);
        return quoted.find() ? quoted.group(1) : "";
    }
}
