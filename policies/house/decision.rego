# The entry point. Law and house are evaluated side by side and a denial overrides: the house can add denials, never remove
# one of the law's. Without a grant `house.deny` denies. Should neither branch hold, the decision is undefined, which every
# caller takes for a denial.
package hufu

import data.house
import data.law

# METADATA
# entrypoint: true
decision := {"outcome": "deny", "reasons": denials, "obligations": [], "leading": leading} if {
	count(denials) > 0
} else := {"outcome": "permit", "reasons": grounds, "obligations": obligations} if {
	house.granted
}

# Codes of what says most to who asked; they stand first among the reasons, and the others in the order of the law. That nobody was
# told of a purpose comes before what else is missing for it.
leading := ["notice.purpose"]

denials := [reason | some reason in (law.cn.deny | house.deny)]

grounds := [reason | some reason in (law.cn.hold | house.hold)]

obligations := [obligation | some obligation in (law.cn.obligation | house.obligation)]
