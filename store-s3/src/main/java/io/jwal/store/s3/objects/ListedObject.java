package io.jwal.store.s3.objects;

/**
 * What a listing says of an object.
 *
 * @param key its name
 * @param size its length in bytes
 */
public record ListedObject(String key, long size) {}
