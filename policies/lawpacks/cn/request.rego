# The request against the registers.
#
# What every rule of the pack looks up: the registered activity for the stated purpose, the classes of the named fields, and
# whether they are sensitive. All lookups go by key; only notices in force are walked, and they are few.
package law.cn

import data.facts

# The registered activity that the purpose is bound to, while it is in force. One purpose has one activity.
activity := facts.activities[input.context.purpose] if in_force(facts.activities[input.context.purpose])

# What the activity rests on under the legal basis that the caller states.
ground := activity.legalBases[input.context.legalBasis]

dataset := facts.datasets[input.resource.dataset]

# A record holds from its first to its last day, both included. Days are civil days in China, and ISO 8601 dates compare as text.
in_force(record) if {
	record.validFrom <= input.context.date
	input.context.date <= record.validTo
}

# Classes of the fields that the request touches. The period, and in a statistic the person key (it only counts persons), say
# nothing that needs a purpose of its own.
classes contains column.class if {
	some field in input.resource.fields
	column := dataset.columns[field]
	not structural(column)
}

structural(column) if column.role == "period"

structural(column) if {
	column.role == "personKey"
	input.action.name == "query"
}

sensitive if {
	some class in classes
	facts.vocabulary.dataClasses[class].sensitive
}

leaving if input.action.name in {"provide", "disclose", "export"}

# Outside the mainland: an export by name, or any act whose recipient keeps the data elsewhere. A foreign authority's request
# has its own article (41) and its own approval.
crossing if {
	input.action.name == "export"
	not foreign
}

crossing if {
	input.context.recipient.region != "CN"
	not foreign
}

foreign if input.context.recipient.kind == "foreignAuthority"
