/** A store of your own. */
module com.example.store {
    requires io.jwal;
}
