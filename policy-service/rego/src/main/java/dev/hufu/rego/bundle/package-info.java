/** OPA's bundles: reads, checks, builds and signs tarballs of policies and data. Nothing is ever written but what was asked for. */
@NullMarked
package dev.hufu.rego.bundle;

import org.jspecify.annotations.NullMarked;
