package dev.hufu.service.audit;

/**
 * On what a decision rests.
 *
 * @param policyVersion version or digest of the policy bundle
 * @param lawPackVersion version of the law pack
 * @param factsDigest digest of the facts snapshot
 */
public record PolicyReference(String policyVersion, String lawPackVersion, String factsDigest) {}
