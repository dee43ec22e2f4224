/**
 * A store of your own: a log in a folder of plain files.
 *
 * <p>Read {@link com.example.store.FolderStore} first; it says how the files lie and what survives what.
 */
package com.example.store;
