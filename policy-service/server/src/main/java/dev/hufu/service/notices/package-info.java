/** What an employee sees: the uses of their own data, and the notices that announced them. */
@NullMarked
package dev.hufu.service.notices;

import org.jspecify.annotations.NullMarked;
