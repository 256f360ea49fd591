# What the organisation asks beyond the law: who may ask what, on which unit, in groups of which size, with which conditions.
package house

import data.facts

columns := facts.datasets[input.resource.dataset].columns

granted if {
	some role in input.subject.roles
	grants[role][input.action.name][input.context.purpose]
}

no_grant := {
	"rule": "house.grant",
	"code": "house.noRule",
	"article": "PIPL 51",
	"text": {
		"zh": "没有规则允许您的角色为这个目的进行这种操作；没有规则即不允许。",
		"en": "No rule lets your role take this action for this purpose; without a rule it is denied.",
	},
	"remedy": {
		"zh": "请由有权限的角色提出，或者请人力、法务和安全三方增加规则。",
		"en": "Have an authorised role ask, or have HR, legal and security add a rule.",
	},
}

deny contains no_grant if not granted

class_withheld := {
	"rule": "house.class",
	"code": "house.class",
	"article": "PIPL 51",
	"text": {
		"zh": "您的角色不能为这个目的使用所列的某类个人信息。",
		"en": "Your role may not use a named kind of personal information for this purpose.",
	},
	"remedy": {
		"zh": "去掉该字段后重新提出。",
		"en": "Ask again without that field.",
	},
}

deny contains class_withheld if {
	granted
	some field in input.resource.fields
	column := columns[field]
	not structural(column)
	not class_granted(column)
}

structural(column) if column.role == "period"

# In a statistic the person key only counts persons.
structural(column) if {
	column.role == "personKey"
	input.action.name == "query"
}

class_granted(column) if column.class in workforce

class_granted(column) if {
	some role in input.subject.roles
	column.class in grants[role][input.action.name][input.context.purpose]
}

# A role that is bound to its own unit, unless another role of the same account grants the same without that bound.
scoped if {
	granted
	not granted_unscoped
}

granted_unscoped if {
	some role in input.subject.roles
	not own_unit_only(role)
	grants[role][input.action.name][input.context.purpose]
}

own_unit_only(role) if role in scoped_roles

scope_column := facts.datasets[input.resource.dataset].scopeColumn

filtering if input.action.name in {"query", "read", "use", "provide", "export"}

scope_missing := {
	"rule": "house.scope",
	"code": "house.scope",
	"article": "PIPL 6, 51",
	"text": {
		"zh": "您的角色只能处理本部门员工的数据，但您的账号没有所属部门，或者数据集没有部门列。",
		"en": "Your role works on its own unit's people only, and your account has no unit or the dataset has no unit column.",
	},
	"remedy": {
		"zh": "请管理员为账号设置部门，或者请数据管家登记部门列。",
		"en": "Have the administrator set the account's unit, or the data steward register the unit column.",
	},
}

deny contains scope_missing if {
	scoped
	filtering
	not row_scope
}

row_scope := {"type": "rowFilter", "column": scope_column, "values": [input.subject.orgUnit]} if {
	scope_column != ""
	input.subject.orgUnit != ""
	input.subject.orgUnit != null
}

justification_missing := {
	"rule": "house.justification",
	"code": "house.justification",
	"article": "PIPL 6",
	"text": {
		"zh": "逐条处理须写明理由。",
		"en": "Handling rows needs a justification.",
	},
	"remedy": {
		"zh": "用一句话写明为什么需要逐条数据。",
		"en": "Say in a sentence why rows are needed.",
	},
}

deny contains justification_missing if {
	input.action.name in {"read", "provide", "disclose", "export"}
	not justified
}

justified if input.context.justification != ""

monitoring_barred := {
	"rule": "house.monitoring",
	"code": "house.monitoring",
	"article": "PIPL 6, 10",
	"text": {
		"zh": "监测员工的工时、聊天、浏览或者行踪，须先有比例性说明；目前没有。",
		"en": "Monitoring of people's hours, chats, browsing or whereabouts needs a proportionality statement first; there is none.",
	},
	"remedy": {
		"zh": "采用侵扰更小的方式，例如汇总统计；确需监测的，请三方完成比例性评估并告知员工。",
		"en": "Use a less intrusive means such as a statistic; if monitoring is truly needed, HR, legal and security complete the proportionality statement and tell the employees.",
	},
}

deny contains monitoring_barred if {
	facts.vocabulary.purposes[input.context.purpose].monitoring
	not proportionate
}

proportionate if facts.activities[input.context.purpose].proportionality

grant_holds := {
	"rule": "house.granted",
	"code": "house.granted",
	"article": "PIPL 51",
	"text": {
		"zh": "内部规则允许您的角色为这个目的进行这种操作。",
		"en": "A house rule lets your role take this action for this purpose.",
	},
	"remedy": null,
}

hold contains grant_holds if granted
