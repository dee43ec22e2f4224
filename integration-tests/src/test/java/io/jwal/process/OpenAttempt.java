package io.jwal.process;

import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import java.nio.file.Path;
import java.util.Scanner;

/**
 * Opens a log in a process of its own and says how it went: {@code OPEN first last}, or {@code REFUSED}, the type of the
 * exception and its message. Keeps it open until a line comes in, then closes it.
 */
public final class OpenAttempt {
    private OpenAttempt() {}

    /** Arguments: a configuration file, {@code write} or {@code read}. */
    public static void main(String[] arguments) {
        Path config = Path.of(arguments[0]);
        try (WalReader log = arguments[1].equals("write") ? JWal.open(config) : JWal.openReader(config)) {
            if (log instanceof Wal wal) {
                wal.append(new byte[] {1});
            }
            System.out.println("OPEN " + log.firstIndex() + " " + log.lastIndex());
            new Scanner(System.in).hasNextLine();
        } catch (WalException e) {
            System.out.println("REFUSED " + e.getClass().getSimpleName() + " "
                    + e.getMessage().replace('\n', ' '));
        }
    }
}
