/** The validated ask: who wants to do what with which data, for which purpose and on which legal basis. */
@NullMarked
package dev.hufu.service.request;

import org.jspecify.annotations.NullMarked;
