/**
 * The sample company: a made-up group of eight brands with its people and their pay slips, shifts, leave, training and ratings,
 * generated from a seed. Nobody in it exists: id numbers and bank accounts have valid check digits under region codes and
 * issuers that are assigned to no one.
 */
@NullMarked
package dev.hufu.service.sample;

import org.jspecify.annotations.NullMarked;
