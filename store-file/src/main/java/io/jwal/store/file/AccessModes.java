package io.jwal.store.file;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Reads access modes as people write them: {@code rwxr-x---}, {@code 0750} or {@code 750}. */
final class AccessModes {
    private static final int OCTAL = 8;
    private static final PosixFilePermission[] HIGHEST_FIRST = {
        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE
    };

    private AccessModes() {}

    /** Reads a mode that leaves the owner at least what {@code owner} says, such as {@code rwx}. */
    static Set<PosixFilePermission> parse(String option, String text, String owner) {
        Set<PosixFilePermission> mode;
        if (text.matches("0?[0-7]{3}")) {
            mode = ofBits(Integer.parseInt(text, OCTAL));
        } else {
            try {
                mode = PosixFilePermissions.fromString(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        option + " \"" + text + "\" is no access mode; write it like rwxr-x--- or 0750", e);
            }
        }
        if (!PosixFilePermissions.toString(mode).startsWith(owner)) {
            throw new IllegalArgumentException(option + " \"" + text + "\" locks the log out of its own files; it must"
                    + " begin with " + owner + " for the owner");
        }
        return mode;
    }

    private static Set<PosixFilePermission> ofBits(int bits) {
        Set<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < HIGHEST_FIRST.length; i++) {
            if ((bits >> (HIGHEST_FIRST.length - 1 - i) & 1) != 0) {
                mode.add(HIGHEST_FIRST[i]);
            }
        }
        return mode;
    }
}
