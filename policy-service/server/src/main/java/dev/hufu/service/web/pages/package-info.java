/** The console: server-rendered pages over the same services as REST, in Chinese and English. */
@NullMarked
package dev.hufu.service.web.pages;

import org.jspecify.annotations.NullMarked;
