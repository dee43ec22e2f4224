package io.jwal.s3.servers;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/** Runs another program's main for as long as the process lives that holds this one's standard input. */
final class EndsWithParent {
    private EndsWithParent() {}

    /** Takes the name of a main class and its arguments. */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread watch = new Thread(EndsWithParent::watch, "ends-with-parent");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(args[0] + " failed", e.getCause());
        }
    }

    private static void watch() {
        try {
            while (System.in.read() >= 0) {
                continue; // nothing is ever written
            }
        } catch (IOException e) {
            System.err.println("the parent's end of standard input is gone: " + e);
        }
        Runtime.getRuntime().halt(0);
    }
}
