# Sensitive personal information and impact assessment (PIPL Art. 28, 29, 55, 56).
package law.cn

import data.facts

sensitive_necessity := {
	"rule": "law.cn.sensitive.necessity",
	"code": "sensitive.necessity",
	"article": "PIPL 28",
	"text": {
		"zh": "处理敏感个人信息须有特定的目的和充分的必要性，登记的活动没有说明必要性。",
		"en": "Sensitive personal information needs a specific purpose and sufficient necessity; the registered activity states no necessity.",
	},
	"remedy": {
		"zh": "去掉敏感字段，或者请负责部门登记必要性。",
		"en": "Leave out the sensitive fields, or have the responsible unit put the necessity on record.",
	},
}

deny contains sensitive_necessity if {
	sensitive
	activity
	not activity.sensitive.necessity
}

sensitive_protection := {
	"rule": "law.cn.sensitive.protection",
	"code": "sensitive.protection",
	"article": "PIPL 28, 51",
	"text": {
		"zh": "处理敏感个人信息须采取严格保护措施；登记的措施不含加密或者访问控制。",
		"en": "Sensitive personal information needs strict protection; the measures on record lack encryption or access control.",
	},
	"remedy": {
		"zh": "请安全部门落实并登记加密和访问控制。",
		"en": "Have security put encryption and access control in place and on record.",
	},
}

deny contains sensitive_protection if {
	sensitive
	activity
	not strictly_protected
}

strictly_protected if {
	"encryption" in activity.sensitive.measures
	"accessControl" in activity.sensitive.measures
}

separate_consent := {
	"rule": "law.cn.sensitive.separateConsent",
	"code": "sensitive.separateConsent",
	"article": "PIPL 29",
	"text": {
		"zh": "处理敏感个人信息须取得单独同意；目前没有，也没有适用的豁免。",
		"en": "Sensitive personal information needs separate consent; there is none, and no waiver applies.",
	},
	"remedy": {
		"zh": "取得员工的单独同意，或者由法务决定第十三条第二款是否适用。",
		"en": "Obtain separate consent, or have counsel decide whether Art. 13(2) applies.",
	},
}

deny contains separate_consent if {
	sensitive
	not consent.separate
	not separate_consent_waived
}

# Whether Art. 13(2) also waives separate consent is counsel's switch. It never waives anything where consent is the basis.
separate_consent_waived if {
	facts.switches.separateConsentWaived.value == "yes"
	input.context.legalBasis != "13-1-1"
}

pipia_missing := {
	"rule": "law.cn.pipia.missing",
	"code": "pipia.missing",
	"article": "PIPL 55, 56",
	"text": {
		"zh": "这种处理须事前进行个人信息保护影响评估；没有覆盖它的评估。",
		"en": "This processing needs a personal information protection impact assessment beforehand; none covers it.",
	},
	"remedy": {
		"zh": "请负责部门完成影响评估；或者去掉敏感字段再提出。",
		"en": "Have the responsible unit complete the assessment; or ask again without the sensitive fields.",
	},
}

deny contains pipia_missing if {
	needs_pipia
	not pipia_covers
}

pipia_lapsed := {
	"rule": "law.cn.pipia.lapsed",
	"code": "pipia.lapsed",
	"article": "PIPL 55, 56",
	"text": {
		"zh": "个人信息保护影响评估不在有效期内。",
		"en": "The personal information protection impact assessment is not in force.",
	},
	"remedy": {
		"zh": "请负责部门重新评估并登记；在此之前不得处理。",
		"en": "Have the responsible unit assess anew and put it on record; until then the processing is denied.",
	},
}

deny contains pipia_lapsed if {
	needs_pipia
	pipia_covers
	not pipia_in_force
}

pipia_in_force if in_force(pipia)

needs_pipia if sensitive

needs_pipia if input.action.name in {"automatedDecision", "provide", "disclose", "export", "publish"}

pipia := facts.pipias[activity.pipia]

pipia_covers if {
	input.context.purpose in pipia.purposes
	every class in classes { class in pipia.classes }
}

pipia_holds := {
	"rule": "law.cn.pipia.inForce",
	"code": "pipia.inForce",
	"article": "PIPL 28, 55",
	"text": {
		"zh": "影响评估在有效期内，必要性和严格保护措施已登记。",
		"en": "The impact assessment is in force; necessity and strict protection are on record.",
	},
	"remedy": null,
}

hold contains pipia_holds if needs_pipia
