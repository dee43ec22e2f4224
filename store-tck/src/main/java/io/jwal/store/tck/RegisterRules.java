package io.jwal.store.tck;

import static io.jwal.store.tck.StoreUnderTest.REGISTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.Register;
import io.jwal.store.Store;
import io.jwal.store.Version;
import io.jwal.store.VersionConflictException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule 2, for one writer at a time. */
interface RegisterRules {
    @Test
    default void rule2_aRegisterThatWasNeverWrittenIsEmpty(StoreUnderTest subject) throws IOException {
        assertThat(subject.store().readRegister(REGISTER)).isEmpty();
    }

    @Test
    default void rule2_aRegisterIsReadAsItWasWritten(StoreUnderTest subject) throws IOException {
        Register written = subject.store().writeRegister(REGISTER, null, Content.text("one"));

        assertThat(written.content()).isEqualTo(Content.text("one"));
        assertThat(subject.store().readRegister(REGISTER)).contains(written);
        assertThat(subject.other().readRegister(REGISTER)).contains(written);
    }

    @Test
    default void rule2_creatingARegisterThatExistsConflicts(StoreUnderTest subject) throws IOException {
        Register first = subject.store().writeRegister(REGISTER, null, Content.text("one"));

        assertThatThrownBy(() -> subject.store().writeRegister(REGISTER, null, Content.text("two")))
                .isInstanceOf(VersionConflictException.class);
        assertThat(subject.store().readRegister(REGISTER)).contains(first);
    }

    @Test
    default void rule2_theExpectedVersionIsReplaced(StoreUnderTest subject) throws IOException {
        Store store = subject.store();
        Register first = store.writeRegister(REGISTER, null, Content.text("one"));
        Register second = store.writeRegister(REGISTER, first.version(), Content.text("second"));
        Version read = store.readRegister(REGISTER).orElseThrow().version();
        Register third = store.writeRegister(REGISTER, read, Content.text("3"));

        assertThat(second.version()).isEqualTo(read).isNotEqualTo(first.version());
        assertThat(store.readRegister(REGISTER)).contains(third);
        assertThat(third.content()).isEqualTo(Content.text("3"));
    }

    @Test
    default void rule2_aStaleVersionConflicts(StoreUnderTest subject) throws IOException {
        Store store = subject.store();
        Version stale = store.writeRegister(REGISTER, null, Content.text("one")).version();
        Register current = store.writeRegister(REGISTER, stale, Content.text("two"));

        assertThatThrownBy(() -> store.writeRegister(REGISTER, stale, Content.text("three")))
                .isInstanceOf(VersionConflictException.class);
        assertThat(store.readRegister(REGISTER)).contains(current);
    }

    @Test
    default void rule2_replacingARegisterThatIsNotThereFailsAndCreatesNothing(StoreUnderTest subject)
            throws IOException {
        Version ofAnother = subject.store()
                .writeRegister("another", null, Content.text("x"))
                .version();

        assertThatThrownBy(() -> subject.store().writeRegister(REGISTER, ofAnother, Content.text("one")))
                .isInstanceOf(IOException.class);
        assertThat(subject.store().readRegister(REGISTER)).isEmpty();
    }

    @Test
    default void rule2_equalContentsHaveDifferentVersions(StoreUnderTest subject) throws IOException {
        Store store = subject.store();
        Version first =
                store.writeRegister(REGISTER, null, Content.text("same")).version();
        Version second =
                store.writeRegister(REGISTER, first, Content.text("same")).version();

        assertThat(second).isNotEqualTo(first);
        assertThatThrownBy(() -> store.writeRegister(REGISTER, first, Content.text("other")))
                .isInstanceOf(VersionConflictException.class);
    }

    @Test
    default void rule2_aVersionNeverComesBack(StoreUnderTest subject) throws IOException {
        Set<Version> seen = new HashSet<>();
        Version last = null;
        for (int run = 0; run < 3; run++) {
            for (String content : List.of("a", "b", "a")) {
                last = subject.store()
                        .writeRegister(REGISTER, last, Content.text(content))
                        .version();
                assertThat(seen.add(last)).as("%s is new", last).isTrue();
            }
            assertThat(subject.afterClose().readRegister(REGISTER).orElseThrow().version())
                    .isEqualTo(last);
        }
    }

    @Test
    default void rule2_theContentIsTakenFromPositionToLimitAndNotKept(StoreUnderTest subject) throws IOException {
        byte[] wanted = Content.random(1000, 1);
        byte[] padded = Content.concat(new byte[7], wanted, new byte[9]);
        Version last = null;
        for (ByteBuffer whole : kinds(padded)) {
            ByteBuffer content = whole.duplicate().position(7).limit(7 + wanted.length);
            Register written = subject.store().writeRegister(REGISTER, last, content);
            last = written.version();

            assertThat(content.remaining()).as("consumed").isZero();
            if (!whole.isReadOnly()) {
                whole.duplicate().put(new byte[padded.length]);
            }
            assertThat(Content.of(written.content())).isEqualTo(wanted);
            assertThat(Content.of(
                            subject.store().readRegister(REGISTER).orElseThrow().content()))
                    .isEqualTo(wanted);
        }
    }

    private static List<ByteBuffer> kinds(byte[] bytes) {
        List<ByteBuffer> kinds = new ArrayList<>();
        kinds.add(ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer());
        kinds.add(ByteBuffer.wrap(bytes.clone()));
        kinds.add(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
        return kinds;
    }

    @Test
    default void rule2_anEmptyContentIsAValue(StoreUnderTest subject) throws IOException {
        Register written = subject.store().writeRegister(REGISTER, null, ByteBuffer.allocate(0));

        assertThat(subject.store().readRegister(REGISTER)).contains(written);
        assertThat(written.content().remaining()).isZero();
        subject.store().writeRegister(REGISTER, written.version(), Content.text("more"));
    }

    @Test
    default void rule2_theLargestContentIsKeptWhole(StoreUnderTest subject) throws IOException {
        byte[] large = Content.random(Content.LARGEST_REGISTER, 2);
        subject.store().writeRegister(REGISTER, null, ByteBuffer.wrap(large));

        assertThat(subject.store()
                        .readRegister(REGISTER)
                        .orElseThrow()
                        .content()
                        .equals(ByteBuffer.wrap(large)))
                .isTrue();
    }

    @Test
    default void rule2_aValueOnceReadNeverChanges(StoreUnderTest subject) throws IOException {
        Register first = subject.store().writeRegister(REGISTER, null, Content.text("one"));
        Register read = subject.store().readRegister(REGISTER).orElseThrow();
        subject.store().writeRegister(REGISTER, first.version(), Content.text("two"));

        assertThat(read.content()).isEqualTo(Content.text("one"));
        assertThat(first.content()).isEqualTo(Content.text("one"));
    }

    @Test
    default void rule2_registersAreApart(StoreUnderTest subject) throws IOException {
        Register manifest = subject.store().writeRegister(REGISTER, null, Content.text("one"));
        Register state = subject.store().writeRegister("state", null, Content.text("two"));

        assertThat(subject.store().readRegister(REGISTER)).contains(manifest);
        assertThat(subject.store().readRegister("state")).contains(state);
    }
}
