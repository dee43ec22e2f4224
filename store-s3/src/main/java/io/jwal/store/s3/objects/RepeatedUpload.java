package io.jwal.store.s3.objects;

import io.jwal.store.StoreException;
import java.io.IOException;

/** An upload that is begun anew when the storage undoes it. */
public final class RepeatedUpload {
    /** How often in a row before the storage is taken to be broken. */
    private static final int MOST_UPLOADS = 3;

    private RepeatedUpload() {}

    /**
     * Takes an upload further.
     *
     * @param where its object, for people
     * @param call what is to be done
     * @param anew what has to be done instead, from the beginning of an upload, once this one is gone
     * @return what came back
     * @throws StoreException if three uploads in a row were undone
     * @throws IOException what the calls threw, {@link UploadGoneException} excepted
     * @param <T> what comes back
     */
    public static <T> T run(String where, IoCall<T> call, IoCall<T> anew) throws IOException {
        IoCall<T> next = call;
        for (int undone = 1; true; undone++) {
            try {
                return next.run();
            } catch (UploadGoneException e) {
                if (undone == MOST_UPLOADS) {
                    throw new StoreException(
                            "the storage has undone the upload of " + where + " " + MOST_UPLOADS
                                    + " times; see what ends unfinished uploads there, such as a rule of the bucket,"
                                    + " and open the log again",
                            e);
                }
            }
            next = anew;
        }
    }
}
