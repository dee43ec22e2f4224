package io.jwal.store.s3.objects;

/** What became of an upload that was to be completed. */
public sealed interface Completed {
    /**
     * It is an object now.
     *
     * @param tag the object's entity tag
     */
    record Made(String tag) implements Completed {}

    /** There is an object of that name already, perhaps by an attempt of the same call. */
    record Taken() implements Completed {}

    /**
     * The upload cannot be completed any more: it is gone, perhaps because an attempt of the same call has completed it, or
     * the storage wants it begun anew.
     */
    record Gone() implements Completed {}
}
