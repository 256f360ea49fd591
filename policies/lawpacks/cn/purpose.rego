# Purpose, notice and activity (PIPL Art. 6, 17, 30, 51).
package law.cn

import data.facts

purpose_unknown := {
	"rule": "law.cn.purpose.unknown",
	"code": "purpose.unknown",
	"article": "PIPL 6",
	"text": {
		"zh": "目的词表中没有这个处理目的。",
		"en": "The vocabulary of purposes does not hold this purpose.",
	},
	"remedy": {
		"zh": "从目的词表中选择一个目的。",
		"en": "Choose a purpose from the vocabulary.",
	},
}

deny contains purpose_unknown if not known_purpose

known_purpose if facts.vocabulary.purposes[input.context.purpose]

purpose_notice := {
	"rule": "law.cn.notice.purpose",
	"code": "notice.purpose",
	"article": "PIPL 17",
	"text": {
		"zh": "现行有效的告知书都没有写明这个处理目的。",
		"en": "No notice in force states this purpose.",
	},
	"remedy": {
		"zh": "改用告知书已写明的目的提出问题；确有需要的，请法务起草新版告知书并告知员工后再处理。",
		"en": "Ask under a purpose that the notice states; if this one is truly needed, have legal draft a new notice and tell the employees first.",
	},
}

deny contains purpose_notice if not stated

stated if count(statements) > 0

# What the notices in force say of the purpose.
statements contains statement if {
	some notice in facts.notices
	in_force(notice)
	statement := notice.purposes[input.context.purpose]
}

notice_method := {
	"rule": "law.cn.notice.method",
	"code": "notice.method",
	"article": "PIPL 17",
	"text": {
		"zh": "告知书写明了这个目的，但没有写明这种处理方式。",
		"en": "The notice states this purpose, but not this way of processing.",
	},
	"remedy": {
		"zh": "使用告知书写明的处理方式，或者请法务更新告知书。",
		"en": "Use a way of processing that the notice states, or have legal update the notice.",
	},
}

deny contains notice_method if {
	stated
	not method_stated
}

method_stated if {
	some statement in statements
	input.action.name in statement.methods
}

notice_classes := {
	"rule": "law.cn.notice.classes",
	"code": "notice.classes",
	"article": "PIPL 17",
	"text": {
		"zh": "告知书没有写明为这个目的处理这一类个人信息。",
		"en": "The notice does not say that this kind of personal information is processed for this purpose.",
	},
	"remedy": {
		"zh": "去掉告知书没有写明的字段，或者请法务更新告知书。",
		"en": "Leave out the fields that the notice does not state, or have legal update the notice.",
	},
}

deny contains notice_classes if {
	stated
	some class in classes
	not class_stated(class)
}

class_stated(class) if {
	some statement in statements
	class in statement.classes
}

notice_sensitive := {
	"rule": "law.cn.notice.sensitive",
	"code": "notice.sensitive",
	"article": "PIPL 30",
	"text": {
		"zh": "处理的是敏感个人信息，但告知书没有说明必要性和对个人权益的影响。",
		"en": "The information is sensitive, and the notice does not tell why it is needed and what it means for the people concerned.",
	},
	"remedy": {
		"zh": "请法务在告知书中补充必要性和影响的说明。",
		"en": "Have legal add the necessity and the impact to the notice.",
	},
}

deny contains notice_sensitive if {
	sensitive
	stated
	not sensitive_stated
}

sensitive_stated if {
	some statement in statements
	statement.sensitive.necessity
	statement.sensitive.impact
}

purpose_unbound := {
	"rule": "law.cn.purpose.unbound",
	"code": "purpose.unbound",
	"article": "PIPL 6",
	"text": {
		"zh": "没有为这个目的登记有效的处理活动。",
		"en": "No processing activity in force is registered for this purpose.",
	},
	"remedy": {
		"zh": "请负责部门登记处理活动（目的、方式、种类、合法性基础、负责人）。",
		"en": "Have the responsible unit register the processing activity (purpose, method, kinds of data, legal basis, owner).",
	},
}

deny contains purpose_unbound if not activity

activity_action := {
	"rule": "law.cn.activity.action",
	"code": "activity.action",
	"article": "PIPL 6",
	"text": {
		"zh": "登记的处理活动不包括这种操作。",
		"en": "The registered activity does not include this action.",
	},
	"remedy": {
		"zh": "使用该活动已登记的操作，或者请负责部门变更登记。",
		"en": "Use an action that the activity registers, or have the responsible unit change the register.",
	},
}

deny contains activity_action if {
	activity
	not action_registered
}

action_registered if activity.actions[input.action.name]

activity_role := {
	"rule": "law.cn.activity.role",
	"code": "activity.role",
	"article": "PIPL 6, 51",
	"text": {
		"zh": "您的角色没有被授权为这项处理活动进行这种操作。",
		"en": "Your role is not authorised to take this action for this activity.",
	},
	"remedy": {
		"zh": "请由获得授权的角色提出，或者请活动负责人申请授权。",
		"en": "Have someone in an authorised role ask, or have the activity's owner request the authorisation.",
	},
}

deny contains activity_role if {
	action_registered
	not may_act
}

may_act if {
	some role in input.subject.roles
	role in activity.actions[input.action.name]
}

notice_holds := {
	"rule": "law.cn.notice.inForce",
	"code": "notice.inForce",
	"article": "PIPL 17",
	"text": {
		"zh": "现行告知书写明了这个目的、方式和个人信息种类。",
		"en": "The notice in force states this purpose, way of processing and kind of information.",
	},
	"remedy": null,
}

hold contains notice_holds if stated

activity_holds := {
	"rule": "law.cn.activity.inForce",
	"code": "activity.inForce",
	"article": "PIPL 6",
	"text": {
		"zh": "这个目的对应一项已登记且有效的处理活动，您的角色可以为它进行这种操作。",
		"en": "The purpose is bound to a registered activity in force, for which your role may take this action.",
	},
	"remedy": null,
}

hold contains activity_holds if may_act
