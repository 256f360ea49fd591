/** Types that terms may have, as OPA infers them: what builtins take and give, and which types have a value in common. */
@NullMarked
package dev.hufu.rego.types;

import org.jspecify.annotations.NullMarked;
