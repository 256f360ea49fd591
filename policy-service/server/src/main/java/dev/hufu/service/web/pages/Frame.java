package dev.hufu.service.web.pages;

import java.util.List;

/**
 * What stands around every page.
 *
 * @param languageTag for the {@code lang} attribute
 * @param chinese whether the page is read in Chinese
 * @param otherLanguage code of the language to switch to
 * @param switchHref this page in the other language
 * @param account name of the account signed in, empty when none is
 * @param roles the account's roles, in the order of {@link Navigation}
 * @param links the pages that this account has
 * @param demo whether this is a demo with a made-up company
 */
public record Frame(
        String languageTag,
        boolean chinese,
        String otherLanguage,
        String switchHref,
        String account,
        List<String> roles,
        List<Link> links,
        boolean demo) {
    /**
     * @param key message key of the words
     * @param current whether the reader is on this page
     */
    public record Link(String href, String key, boolean current) {}

    public Frame {
        roles = List.copyOf(roles);
        links = List.copyOf(links);
    }

    public boolean signedIn() {
        return !account.isEmpty();
    }
}
