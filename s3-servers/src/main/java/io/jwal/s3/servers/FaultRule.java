package io.jwal.s3.servers;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Which requests a fault meets. Start from {@link #on}: {@code FaultRule.on(PUT).key(".*\\.part").nth(2)}.
 *
 * @param operations of these kinds; of any kind if empty
 * @param key whose whole key matches
 * @param first which of those that match, from 1
 * @param lasting whether all later ones as well
 * @param probability how likely each of them
 * @param seed of that likelihood: the same numbers are met in every run
 */
public record FaultRule(
        Set<S3Operation> operations, Pattern key, long first, boolean lasting, double probability, long seed) {
    private static final Pattern ANY_KEY = Pattern.compile(".*", Pattern.DOTALL);

    /** Checks what it is made of. */
    public FaultRule {
        operations = Set.copyOf(operations);
        if (first < 1) {
            throw new IllegalArgumentException("requests are counted from 1, but got " + first);
        }
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability is from 0 to 1, but got " + probability);
        }
    }

    /**
     * The next request of these kinds, whatever its key.
     *
     * @param operations the kinds; none: all of them
     * @return the rule
     */
    public static FaultRule on(S3Operation... operations) {
        return new FaultRule(Set.of(operations), ANY_KEY, 1, false, 1, 0);
    }

    /**
     * The same rule for some keys.
     *
     * @param regex what the whole key must match
     * @return the narrower rule
     */
    public FaultRule key(String regex) {
        return new FaultRule(operations, Pattern.compile(regex, Pattern.DOTALL), first, lasting, probability, seed);
    }

    /**
     * The same rule for a later request.
     *
     * @param number which of those that match from now on, 1 for the next
     * @return the changed rule
     */
    public FaultRule nth(long number) {
        return new FaultRule(operations, key, number, lasting, probability, seed);
    }

    /**
     * The same rule, for every later request as well.
     *
     * @return the changed rule
     */
    public FaultRule forGood() {
        return new FaultRule(operations, key, first, true, probability, seed);
    }

    /**
     * The same rule, for some of the later requests: which of them follows from the seed and from their number.
     *
     * @param likelihood from 0 to 1
     * @param randomSeed another seed meets others
     * @return the changed rule
     */
    public FaultRule sometimes(double likelihood, long randomSeed) {
        return new FaultRule(operations, key, first, true, likelihood, randomSeed);
    }

    boolean matches(S3Request request) {
        return (operations.isEmpty() || operations.contains(request.operation()))
                && key.matcher(request.key()).matches();
    }

    /** Whether the request of that number, among those that match, is met. */
    boolean meets(long number) {
        boolean due = lasting ? number >= first : number == first;
        return due && (probability >= 1 || new SplittableRandom(seed * 1_000_003 + number).nextDouble() < probability);
    }

    boolean isOver(long number) {
        return !lasting && number >= first;
    }
}
