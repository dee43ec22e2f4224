package io.jwal.store.tck;

import static io.jwal.store.tck.StoreUnderTest.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Rule 7. */
interface NameRules {
    @Test
    default void rule7_anyRegisterNameIsItsOwn(StoreUnderTest subject) throws IOException {
        subject.createSealed(ID, new byte[] {'x'});
        String longest = "a".repeat(63);
        List<String> names = List.of(
                "a",
                "0",
                "-",
                "--",
                "-a",
                "a-",
                "con",
                "nul",
                "lock",
                "watermark",
                "registers",
                "segments",
                "manifest",
                "manifest-tmp",
                longest + "b",
                longest + "c",
                ID.toString());
        Map<String, Register> written = new LinkedHashMap<>();
        for (String name : names) {
            written.put(name, subject.store().writeRegister(name, null, Content.text("value of " + name)));
        }

        for (int run = 0; run < 2; run++) {
            for (String name : names) {
                assertThat(subject.store().readRegister(name)).as(name).contains(written.get(name));
            }
            assertThat(subject.store().listSegments()).containsExactly(ID);
            assertThat(subject.contents(ID)).asString().isEqualTo("x");
            subject.afterClose();
        }
    }

    @Test
    default void rule7_noOtherRegisterNameIsTaken(StoreUnderTest subject) throws IOException {
        Store store = subject.store();
        for (String name : List.of(
                "",
                ".",
                "..",
                "../up",
                "a/b",
                "/a",
                "a\\b",
                "A",
                "a b",
                "a.b",
                "a_b",
                "ä",
                "a\n",
                "a\0",
                "%2e%2e",
                "~",
                "a".repeat(65))) {
            assertThatThrownBy(() -> store.writeRegister(name, null, Content.text("x")))
                    .as("writing \"%s\"", name)
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.readRegister(name))
                    .as("reading \"%s\"", name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        store.writeRegister("a", null, Content.text("x"));
    }

    @Test
    default void writeRegister_refusesMoreThanAValueMayHave(StoreUnderTest subject) throws IOException {
        ByteBuffer tooLong = ByteBuffer.allocate(Content.LARGEST_REGISTER + 1);

        assertThatThrownBy(() -> subject.store().writeRegister("manifest", null, tooLong))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(subject.store().readRegister("manifest")).isEmpty();
    }

    @Test
    default void rule7_whatTheStoreDoesNotKnowIsLeftAlone(StoreUnderTest subject) throws Exception {
        subject.createSealed(ID, new byte[] {'x'});
        Callable<Boolean> stillThere = subject.hooks().plantForeignThing();

        Store store = subject.afterClose();
        assertThat(store.listSegments()).containsExactly(ID);
        store.writeRegister("manifest", null, Content.text("one"));
        store.fenceSegment(new SegmentId(1, 2));
        subject.createSealed(new SegmentId(1, 3), new byte[] {'y'});
        for (SegmentId id : store.listSegments()) {
            store.deleteSegment(id);
        }
        assertThat(subject.afterCrash().listSegments()).doesNotContain(new SegmentId(1, 2));
        subject.afterClose();
        assertThat(stillThere.call()).as("still there").isTrue();
    }
}
