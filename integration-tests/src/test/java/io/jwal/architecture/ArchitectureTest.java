package io.jwal.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.store.file.FileStoreConfig;
import io.jwal.store.memory.MemoryStoreConfig;
import io.jwal.store.s3.S3StoreConfig;
import io.jwal.store.tck.StoreContractTest;
import io.jwal.store.tiered.TieredStoreConfig;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Arrows go one way: {@code wal-cli → wal-core → wal-api ← store-*}. */
class ArchitectureTest {
    private static final JavaClasses JWAL = new ClassFileImporter()
            .importUrls(Stream.of(
                            Wal.class,
                            JWal.class,
                            command(),
                            FileStoreConfig.class,
                            MemoryStoreConfig.class,
                            S3StoreConfig.class,
                            TieredStoreConfig.class,
                            StoreContractTest.class)
                    .map(module -> module.getProtectionDomain().getCodeSource().getLocation())
                    .toList());
    private static final String[] API = {"io.jwal", "io.jwal.store"};
    private static final String CORE = "io.jwal.core..";
    private static final String CLI = "io.jwal.cli..";
    private static final String TCK = "io.jwal.store.tck..";
    private static final String[] STORES = {
        "io.jwal.store.file..", "io.jwal.store.memory..", "io.jwal.store.s3..", "io.jwal.store.tiered.."
    };
    private static final Pattern SYNCHRONIZED = Pattern.compile("\\bsynchronized\\s*\\(");
    private static final DescribedPredicate<JavaClass> JDK =
            resideInAnyPackage("java..", "javax.crypto..", "javax.net.ssl..");
    private static final DescribedPredicate<JavaClass> S3_LIBRARIES =
            resideInAnyPackage("software.amazon..", "com.github.benmanes.caffeine..");
    /** Of one class, which nobody loads where they are not. */
    private static final DescribedPredicate<JavaClass> ZSTD = resideInAnyPackage("com.github.luben..");

    private static final DescribedPredicate<JavaClass> ANNOTATIONS = resideInAnyPackage("org.jspecify..");

    private static Class<?> command() {
        try {
            return Class.forName("io.jwal.cli.Main");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theApiKnowsNobody() {
        classes()
                .that()
                .resideInAnyPackage(API)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(API).or(JDK).or(ANNOTATIONS))
                .check(JWAL);
    }

    @Test
    void theEngineKnowsNoStore() {
        noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .dependOnClassesThat(resideInAnyPackage(STORES).or(resideInAnyPackage(TCK, CLI)))
                .check(JWAL);
    }

    @Test
    void aStoreKnowsTheApiAlone() {
        for (String store : STORES) {
            classes()
                    .that()
                    .resideInAPackage(store)
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage(API)
                            .or(resideInAnyPackage(store))
                            .or(JDK)
                            .or(ANNOTATIONS)
                            .or(S3_LIBRARIES)
                            .or(ZSTD))
                    .check(JWAL);
        }
    }

    /** A library that need not be there is named by one class, which is loaded by one other. */
    @Test
    void zstdNeedNotBeThere() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Zstandard")
                .should()
                .dependOnClassesThat(ZSTD)
                .check(JWAL);
    }

    /** How copies lie in an archive knows nothing of what an archive is. */
    @Test
    void blocksOfAnArchiveKnowNoArchive() {
        noClasses()
                .that()
                .resideInAPackage("io.jwal.store.tiered.blocks")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.jwal.store.tiered"))
                .check(JWAL);
    }

    /** What lies between the log and S3 is one package; the protocol would do with another cloud. */
    @Test
    void theProtocolOnS3KnowsNoSdk() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.jwal.store.s3.objects",
                        "io.jwal.store.s3.format",
                        "io.jwal.store.s3.read",
                        "io.jwal.store.s3.write",
                        "io.jwal.store.s3.protocol")
                .should()
                .dependOnClassesThat(resideInAnyPackage("software.amazon..", "io.jwal.store.s3.sdk"))
                .check(JWAL);
        slices().matching("io.jwal.store.s3.(*)").should().beFreeOfCycles().check(JWAL);
    }

    @Test
    void theContractKnowsNoStoreAndNoEngine() {
        noClasses()
                .that()
                .resideInAPackage(TCK)
                .should()
                .dependOnClassesThat(resideInAnyPackage(STORES).or(resideInAnyPackage(CORE, CLI)))
                .check(JWAL);
    }

    @Test
    void theEnginesPackagesHaveNoCycles() {
        slices().matching("io.jwal.core.(*)..").should().beFreeOfCycles().check(JWAL);
    }

    @Test
    void noMoreIsExportedThanWhatUsersNeed() throws URISyntaxException {
        assertThat(exports(JWal.class)).containsExactlyInAnyOrder("io.jwal.core");
        assertThat(exports(Wal.class)).containsExactlyInAnyOrder(API);
    }

    private static Set<String> exports(Class<?> ofModule) throws URISyntaxException {
        Path place = Path.of(
                ofModule.getProtectionDomain().getCodeSource().getLocation().toURI());
        return ModuleFinder.of(place).findAll().stream()
                .map(ModuleReference::descriptor)
                .flatMap(descriptor -> descriptor.exports().stream())
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
    }

    /** A virtual thread that waits inside {@code synchronized} keeps its carrier from all others (before JDK 24). */
    @Test
    void nothingIsSynchronized() throws IOException {
        noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(JWAL);
        for (Path source : sources()) {
            assertThat(SYNCHRONIZED.matcher(Files.readString(source)).find())
                    .as("a synchronized block in %s", source)
                    .isFalse();
        }
    }

    /** Class files are not enough: ArchUnit does not look into methods for blocks. */
    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(Path.of(".."), "{wal,store}-*")) {
            for (Path module : modules) {
                Path main = module.resolve(Path.of("src", "main", "java"));
                if (Files.isDirectory(main)) {
                    try (Stream<Path> files = Files.walk(main)) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
        }
        assertThat(sources).hasSizeGreaterThan(100);
        return sources;
    }

    @Test
    void onlyTheCommandPrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CLI)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(JWAL);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*\\.(Abstract\\w*|\\w*(Impl|Manager|Util|Utils|Helper|Helpers))(\\$.*)?")
                .check(JWAL);
    }
}
