package dev.hufu.rego.plan;

/**
 * An expression of a body. It runs what follows once for every way in which it holds; so a body is a chain that ends in a
 * step that yields.
 */
abstract class Step {
    /** Set once, when the body is linked. */
    @SuppressWarnings("NullAway.Init")
    Step next;

    /** True where nobody wants further results, which unwinds the chain. */
    abstract boolean run(Frame frame);

    /** Ends a body of which only success matters. */
    static final class Found extends Step {
        @Override
        boolean run(Frame frame) {
            return true;
        }
    }
}
