package io.jwal.store.s3.objects;

/**
 * An object that is being uploaded in pieces.
 *
 * @param key the object's name
 * @param id the storage's name for the upload
 */
public record Upload(String key, String id) {}
