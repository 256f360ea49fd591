# Automated decisions (PIPL Art. 24).
package law.cn

automated_unregistered := {
	"rule": "law.cn.automated.unregistered",
	"code": "automated.unregistered",
	"article": "PIPL 24",
	"text": {
		"zh": "没有登记这项自动化决策的逻辑版本和说明。",
		"en": "The logic version and the explanation of this automated decision are not on record.",
	},
	"remedy": {
		"zh": "登记决策逻辑版本、说明和人工复核方式，或者由人来决定。",
		"en": "Put the logic's version, the explanation and the human review on record, or let a person decide.",
	},
}

deny contains automated_unregistered if {
	input.action.name == "automatedDecision"
	not automated_registered
}

automated_registered if {
	activity.automated.logicVersion
	activity.automated.explanation
	activity.automated.review
}

automated_holds := {
	"rule": "law.cn.automated.registered",
	"code": "automated.registered",
	"article": "PIPL 24",
	"text": {
		"zh": "自动化决策已登记；须向本人说明，并由人复核。",
		"en": "The automated decision is on record; it must be explained to the person and reviewed by a human.",
	},
	"remedy": null,
}

hold contains automated_holds if {
	input.action.name == "automatedDecision"
	automated_registered
}

obligation contains {"type": "explain"} if input.action.name == "automatedDecision"

obligation contains {"type": "humanReview"} if input.action.name == "automatedDecision"
