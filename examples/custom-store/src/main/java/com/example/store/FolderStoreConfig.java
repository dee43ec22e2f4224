package com.example.store;

import java.nio.file.Path;

/**
 * Configures a log in a folder: {@code "store": {"type": "folder", "folder": "./data"}}.
 *
 * @param folder where the log lives; created by the first writer, its parent must exist
 */
public record FolderStoreConfig(Path folder) {
    /**
     * Checks the options; the message of what is thrown here is shown beside the option's place in the file.
     *
     * @throws IllegalArgumentException if the folder is empty
     */
    public FolderStoreConfig {
        if (folder.toString().isEmpty()) {
            throw new IllegalArgumentException("folder is empty; name one, such as ./data");
        }
    }
}
