import com.example.store.FolderStoreProvider;
import io.jwal.store.StoreProvider;

/** A store of your own. */
module com.example.store {
    requires transitive io.jwal;

    exports com.example.store; // the configuration record is read from outside

    provides StoreProvider with
            FolderStoreProvider;
}
