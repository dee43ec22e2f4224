package io.jwal.store.tck.mutant;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a test in this JVM with classes that are changed. */
public final class MutantTrial {
    /** The system property that says so while a test runs with changed classes, so that it takes no longer than it must. */
    private static final String RUNNING = "jwal.mutant";

    /** A mutant may hang, where the product takes longer on a busy machine. */
    private static final String MUTANT_TIMEOUT = "1 m";

    private static final String TIMEOUT = "10 m";

    private MutantTrial() {}

    /**
     * Whether the caller runs in a trial.
     *
     * @return whether it does
     */
    public static boolean isRunning() {
        return System.getProperty(RUNNING) != null;
    }

    /**
     * Runs a mutant's killer with the mutant.
     *
     * @param mutant the mutant
     * @return what the test says, or empty if the mutant survives
     * @throws AssertionError if the mutant is stale or does not compile, or the test does not run
     */
    public static Optional<String> run(Mutant mutant) {
        return run(mutant.killer(), new MutantLoader(new MutatedSources(mutant).compile()), MUTANT_TIMEOUT);
    }

    /**
     * Runs a killer without any mutant.
     *
     * @param killer the test
     * @return what the test says, or empty if it passes as it must
     */
    public static Optional<String> run(Mutant.Killer killer) {
        return run(killer, new MutantLoader(Map.of()), TIMEOUT);
    }

    private static Optional<String> run(Mutant.Killer killer, ClassLoader loader, String timeout) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        System.setProperty(RUNNING, "true");
        try {
            return execute(killer, loader, timeout);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("there is no test " + killer, e);
        } finally {
            System.clearProperty(RUNNING);
            thread.setContextClassLoader(before);
        }
    }

    private static Optional<String> execute(Mutant.Killer killer, ClassLoader loader, String timeout)
            throws ClassNotFoundException {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(loader.loadClass(killer.type()), method(killer, loader)))
                .configurationParameter("junit.jupiter.execution.timeout.default", timeout)
                .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                .build();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        Verdict verdict = new Verdict();
        LauncherFactory.create(config).execute(request, verdict);
        if (verdict.tests == 0) {
            throw new AssertionError("there is no test " + killer);
        }
        return Optional.ofNullable(verdict.failure).map(Throwable::toString);
    }

    private static Method method(Mutant.Killer killer, ClassLoader loader) throws ClassNotFoundException {
        List<Method> methods = Arrays.stream(loader.loadClass(killer.type()).getDeclaredMethods())
                .filter(method -> method.getName().equals(killer.method()))
                .toList();
        if (methods.isEmpty()) {
            throw new AssertionError("there is no test " + killer);
        }
        if (methods.size() > 1) {
            throw new AssertionError("there are " + methods.size() + " methods " + killer
                    + "; give the test that is meant a name of its own");
        }
        return methods.get(0);
    }

    private static final class Verdict implements TestExecutionListener {
        private int tests;
        private @Nullable Throwable failure;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                tests++;
            }
            if (failure == null) {
                failure = result.getThrowable().orElse(null);
            }
        }
    }
}
