/** The registers that decisions rest on: datasets, activities, notices, rulebooks, assessments and their kin; every change is told. */
@NullMarked
package dev.hufu.service.registers;

import org.jspecify.annotations.NullMarked;
