package io.jwal.store.s3.sdk;

/**
 * What a request is about, for the message if it fails.
 *
 * @param action what cannot be done then, such as {@code write}
 * @param where to what, such as {@code s3://bucket/key}
 * @param permission what it takes, such as {@code s3:PutObject}
 */
record Asked(String action, String where, String permission) {
    String failed() {
        return "cannot " + action + " " + where + ": ";
    }
}
