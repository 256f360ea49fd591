package dev.hufu.service.analytics.imports;

import dev.hufu.service.request.DatasetName;
import java.util.Optional;

/**
 * What to make of a file.
 *
 * @param dataset the dataset's name
 * @param personKey the column that names the person
 * @param classification the dataset's row for the asset register, as YAML in the form of {@code policies/facts/datasets}; columns
 *     that it leaves out, or gives no class and grade, are loaded and stay ungraded
 * @param replace whether an imported dataset of that name may be replaced
 */
public record ImportSpec(DatasetName dataset, String personKey, Optional<String> classification, boolean replace) {}
