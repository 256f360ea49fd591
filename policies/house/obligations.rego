# What a permit binds the enforcing side to.
package house

import data.facts

obligation contains {"type": "minGroupSize", "value": group_size} if input.action.name == "query"

group_size := max({group_floor, grade_size, steward_size, external_size})

# A grade that the table does not know takes the largest size.
default grade_size := 20

grade_size := group_by_grade[facts.datasets[input.resource.dataset].grade]

default steward_size := 0

# The data steward may raise the size for a dataset; a value under the policy's changes nothing.
steward_size := facts.datasets[input.resource.dataset].minGroupSize

default external_size := 0

external_size := group_external if input.context.recipient.kind

obligation contains row_scope if {
	scoped
	filtering
}

# Permits on rows end with the day in China.
obligation contains {"type": "expiresAt", "value": input.context.endOfDay} if on_rows

obligation contains {"type": "watermark"} if input.action.name in {"read", "export"}

obligation contains {"type": "secondApproval"} if input.action.name in {"read", "export", "disclose", "destroy"}

obligation contains {"type": "notify"} if on_rows

on_rows if input.action.name in {"read", "provide", "disclose", "export", "automatedDecision"}
