package io.jwal.store.s3.objects;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One bucket of an object storage: the little that the log asks of it, so that another cloud is one more adapter.
 * Used by many threads at once.
 *
 * <p>Duties of an implementation:
 *
 * <ol>
 *   <li>Every request that may be repeated without harm is, with jittered back-off, until it is answered or its deadline
 *       has passed. All of these may be: a condition stands in each that changes something, or it can be done twice.
 *   <li>A condition that did not hold may have been broken by an earlier attempt of the same call whose answer was lost.
 *       The caller finds out by reading back; an implementation does not guess.
 *   <li>What was fetched has the length that the storage announced, or the call fails.
 *   <li>An {@link IOException} leaves the outcome of a change unknown. Its message says what was asked of which key,
 *       what came back, and what to do next. It never holds a credential.
 *   <li>Lengths that the storage announces are checked against what was asked for before memory is allocated.
 * </ol>
 */
public interface ObjectStorage extends AutoCloseable {
    /**
     * Creates an object unless there is one of that name.
     *
     * @param key its name
     * @param body its bytes
     * @param kind what it is for, which may decide how it is kept
     * @return its entity tag, or empty if there is one already, perhaps by an attempt of this call
     * @throws IOException if the outcome is unknown
     */
    Optional<String> putIfAbsent(String key, ObjectBody body, ObjectKind kind) throws IOException;

    /**
     * Replaces an object if it is still the expected one.
     *
     * @param key its name
     * @param tag the entity tag that it must have
     * @param body its new bytes
     * @return its new entity tag, or empty if it is another one or none, perhaps by an attempt of this call
     * @throws IOException if the outcome is unknown
     */
    Optional<String> putIfMatch(String key, String tag, ObjectBody body) throws IOException;

    /**
     * Fetches a part of an object.
     *
     * @param key its name
     * @param range which bytes; what lies behind the end is left out
     * @return what is there
     * @throws IOException if it could not be asked, or what came back is not what was announced
     */
    Fetched get(String key, ByteRange range) throws IOException;

    /**
     * Fetches a part of an object if it is still the expected one.
     *
     * @param key its name
     * @param range which bytes; what lies behind the end is left out
     * @param tag the entity tag that it must have
     * @return what is there, or {@link Fetched.Replaced}
     * @throws IOException as {@link #get}
     */
    Fetched getIfMatch(String key, ByteRange range, String tag) throws IOException;

    /**
     * Fetches a part of an object unless it is still the one that is known.
     *
     * @param key its name
     * @param range which bytes; what lies behind the end is left out
     * @param tag the entity tag of the one that is known
     * @return what is there, or {@link Fetched.Unchanged}
     * @throws IOException as {@link #get}
     */
    Fetched getIfChanged(String key, ByteRange range, String tag) throws IOException;

    /**
     * Lists one page of objects, in the order of their keys' bytes.
     *
     * @param prefix what their keys begin with
     * @param after only keys behind this one; the prefix itself or less for all
     * @param most how many at most, from 1 to 1,000
     * @return the page; one that is not full is the last
     * @throws IOException if it could not be asked
     */
    List<ListedObject> list(String prefix, String after, int most) throws IOException;

    /**
     * Deletes objects; those that are not there count as deleted.
     *
     * @param keys their names, any number
     * @throws IOException if some of them may still be there
     */
    void delete(Collection<String> keys) throws IOException;

    /**
     * Begins an object that is uploaded in pieces. Until it is completed it is not there; one that is never completed
     * costs space until it is aborted. A lost answer leaves one that nobody knows.
     *
     * @param key the object's name
     * @param kind what it is for
     * @return the upload
     * @throws IOException if the outcome is unknown
     */
    Upload beginUpload(String key, ObjectKind kind) throws IOException;

    /**
     * Uploads a piece. All but the last have at least {@link #smallestPiece} bytes.
     *
     * @param upload the upload
     * @param number the piece's number, from 1 up; a number given again replaces the piece
     * @param body its bytes
     * @return the piece
     * @throws UploadGoneException if the upload has expired or was aborted
     * @throws IOException if the outcome is unknown
     */
    UploadedPiece uploadPiece(Upload upload, int number, ObjectBody body) throws IOException;

    /**
     * Makes a piece of a part of another object, on the storage's side.
     *
     * @param upload the upload
     * @param number the piece's number, from 1 up
     * @param source the other object
     * @param tag the entity tag that it must have
     * @param range which of its bytes
     * @return the piece
     * @throws UploadGoneException if the upload has expired or was aborted
     * @throws IOException if the outcome is unknown, or the source is not there
     */
    UploadedPiece copyPiece(Upload upload, int number, String source, String tag, ByteRange range) throws IOException;

    /**
     * Makes the object of its pieces unless there is one of that name.
     *
     * @param upload the upload
     * @param pieces all pieces in the order of their numbers
     * @return what became of it
     * @throws IOException if the outcome is unknown
     */
    Completed completeIfAbsent(Upload upload, List<UploadedPiece> pieces) throws IOException;

    /**
     * Gives an upload up and frees its space; one that is gone counts as aborted.
     *
     * @param upload the upload
     * @throws IOException if it may still be there
     */
    void abort(Upload upload) throws IOException;

    /**
     * Lists uploads that were begun and neither completed nor aborted.
     *
     * @param prefix what their objects' keys begin with
     * @return all of them
     * @throws IOException if it could not be asked
     */
    List<Upload> listUploads(String prefix) throws IOException;

    /**
     * The fewest bytes of a piece that is not the last.
     *
     * @return a number of bytes
     */
    int smallestPiece();

    /**
     * Where this is, for people: never a credential.
     *
     * @param key an object's name, or the empty string for the bucket
     * @return such as {@code s3://bucket/key}
     */
    String describe(String key);

    /**
     * How many requests were sent so far, by kind, attempts counted each.
     *
     * @return a snapshot
     */
    Map<String, Long> counters();

    /** Lets go of connections and threads. Twice is once. */
    @Override
    void close();
}
