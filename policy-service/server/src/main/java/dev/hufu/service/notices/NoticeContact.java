package dev.hufu.service.notices;

import dev.hufu.service.registers.Title;

/**
 * Whom a notice names for questions and requests (PIPL Art. 17).
 *
 * @param notice title of the notice
 * @param handler the personal information handler
 * @param contact a mail address, a telephone number, or other words
 * @param rights how rights are exercised, as the notice has it
 */
public record NoticeContact(Title notice, Title handler, String contact, Title rights) {}
