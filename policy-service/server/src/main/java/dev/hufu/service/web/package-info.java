/** Everything that speaks HTTP: REST, AuthZEN, the log's public files, pages; the only place for RFC 9457. */
@NullMarked
package dev.hufu.service.web;

import org.jspecify.annotations.NullMarked;
