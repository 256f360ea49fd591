# Recipients, publication, export, foreign authorities (PIPL Art. 20 to 25, 38 to 41; DSL Art. 36).
package law.cn

import data.facts

recipient_missing := {
	"rule": "law.cn.recipient.missing",
	"code": "recipient.missing",
	"article": "PIPL 20-23",
	"text": {
		"zh": "没有写明接收方及其所在地区，或者接收方的类型不在词表中。",
		"en": "No recipient is named with its region, or its kind is not in the vocabulary.",
	},
	"remedy": {
		"zh": "写明接收方的类型、合同编号和所在地区。",
		"en": "Name the recipient's kind, the contract's reference and the region.",
	},
}

deny contains recipient_missing if {
	recipient_needed
	not recipient_known
}

recipient_needed if leaving

recipient_needed if input.context.recipient.kind

recipient_known if {
	facts.vocabulary.recipientKinds[input.context.recipient.kind]
	input.context.recipient.region != ""
	input.context.recipient.region != null
}

contract := facts.contracts[input.context.recipient.contract]

recipient_contract := {
	"rule": "law.cn.recipient.contract",
	"code": "recipient.contract",
	"article": "PIPL 20-23",
	"text": {
		"zh": "没有与这类接收方签订的、覆盖这个目的和种类的有效合同，或者合同缺少法定内容。",
		"en": "No contract in force with such a recipient covers this purpose and kind of information, or it lacks terms that the law requires.",
	},
	"remedy": {
		"zh": "请法务签订合同，约定目的、期限、方式、种类、保护措施、双方权利义务和监督，并登记。",
		"en": "Have legal conclude a contract with purpose, term, method, kinds, protection, duties and supervision, and put it on record.",
	},
}

deny contains recipient_contract if {
	leaving
	not foreign
	not contract_covers
}

contract_covers if {
	in_force(contract)
	contract.kind == input.context.recipient.kind
	input.context.purpose in contract.purposes
	every class in classes { class in contract.classes }
	every term in required_terms[contract.kind] { term in contract.terms }
}

required_terms := {
	"joint": ["rightsAndDuties"],
	"entrusted": ["purpose", "term", "method", "kinds", "protection", "rightsAndDuties", "supervision"],
	"thirdParty": ["purpose", "method", "kinds"],
	"authority": ["request"],
}

recipient_told := {
	"rule": "law.cn.recipient.told",
	"code": "recipient.told",
	"article": "PIPL 23",
	"text": {
		"zh": "向其他处理者提供前，须告知员工接收方的名称、联系方式、目的、方式和种类；没有告知记录。",
		"en": "Before providing to another handler, people must be told its name, contact, purpose, method and kinds; there is no record of that.",
	},
	"remedy": {
		"zh": "请法务告知员工并登记。",
		"en": "Have legal tell the employees and put it on record.",
	},
}

deny contains recipient_told if {
	leaving
	input.context.recipient.kind == "thirdParty"
	not contract.told
}

recipient_consent := {
	"rule": "law.cn.recipient.separateConsent",
	"code": "recipient.separateConsent",
	"article": "PIPL 23",
	"text": {
		"zh": "向其他处理者提供须取得单独同意；目前没有，也没有适用的豁免。",
		"en": "Providing to another handler needs separate consent; there is none, and no waiver applies.",
	},
	"remedy": {
		"zh": "取得员工的单独同意，或者由法务决定第十三条第二款是否适用。",
		"en": "Obtain separate consent, or have counsel decide whether Art. 13(2) applies.",
	},
}

deny contains recipient_consent if {
	leaving
	input.context.recipient.kind == "thirdParty"
	not contract.separateConsent
	not separate_consent_waived
}

publish_consent := {
	"rule": "law.cn.publish.separateConsent",
	"code": "publish.separateConsent",
	"article": "PIPL 25",
	"text": {
		"zh": "不得公开个人信息，除非取得个人单独同意；目前没有。",
		"en": "Personal information may not be published without separate consent; there is none.",
	},
	"remedy": {
		"zh": "公开受保护的统计结果，或者先取得单独同意。",
		"en": "Publish a protected statistic instead, or obtain separate consent first.",
	},
}

deny contains publish_consent if {
	input.action.name == "publish"
	not consent.separate
}

export_path := {
	"rule": "law.cn.export.path",
	"code": "export.path",
	"article": "PIPL 38-40",
	"text": {
		"zh": "没有覆盖这次出境的有效路径（安全评估、认证、标准合同或者法定豁免）。",
		"en": "No path in force covers this export (security assessment, certification, standard contract, or an exemption set by law).",
	},
	"remedy": {
		"zh": "在境内以统计方式完成；确需出境的，请法务办理路径并登记其目的、地区和种类。",
		"en": "Serve the purpose with a statistic in the mainland; if the export is truly needed, have legal obtain a path and put its purposes, regions and kinds on record.",
	},
}

deny contains export_path if {
	crossing
	not path_covers
}

path := facts.exportPaths[input.context.recipient.contract]

path_covers if {
	in_force(path)
	path_kind
	input.context.recipient.region in path.regions
	input.context.purpose in path.purposes
	every class in classes { class in path.classes }
}

path_kind if path.kind in {"securityAssessment", "certification", "standardContract", "smallVolumeExemption"}

# The exemption for cross-border HR management rests on the same rulebook and collective contract as Art. 13(1)(2).
path_kind if {
	path.kind == "hrExemption"
	management_basis(path)
}

export_told := {
	"rule": "law.cn.export.told",
	"code": "export.told",
	"article": "PIPL 39",
	"text": {
		"zh": "出境前须告知员工境外接收方的名称、联系方式、目的、方式、种类和行使权利的方式；没有告知记录。",
		"en": "Before an export people must be told the foreign recipient's name, contact, purpose, method, kinds and how to exercise rights; there is no record of that.",
	},
	"remedy": {
		"zh": "请法务告知员工并登记。",
		"en": "Have legal tell the employees and put it on record.",
	},
}

deny contains export_told if {
	crossing
	not path.told
}

export_consent := {
	"rule": "law.cn.export.separateConsent",
	"code": "export.separateConsent",
	"article": "PIPL 39",
	"text": {
		"zh": "出境须取得单独同意；目前没有，也没有适用的豁免。",
		"en": "An export needs separate consent; there is none, and no waiver applies.",
	},
	"remedy": {
		"zh": "取得员工的单独同意，或者由法务决定第十三条第二款是否适用。",
		"en": "Obtain separate consent, or have counsel decide whether Art. 13(2) applies.",
	},
}

deny contains export_consent if {
	crossing
	not path.separateConsent
	not separate_consent_waived
}

foreign_authority := {
	"rule": "law.cn.foreign.authority",
	"code": "foreign.authority",
	"article": "PIPL 41; DSL 36",
	"text": {
		"zh": "未经主管机关批准，不得向外国司法或者执法机构提供存储于境内的个人信息。",
		"en": "Without approval of the competent authority nothing stored in the mainland may be given to a foreign judicial or law enforcement authority.",
	},
	"remedy": {
		"zh": "不要回应该请求，立即转交法务；只有主管机关的批准文号登记后才能重新判断。",
		"en": "Do not answer the request and pass it to legal at once; it is judged anew only when the authority's approval is on record.",
	},
}

deny contains foreign_authority if {
	input.context.recipient.kind == "foreignAuthority"
	not approved
}

approved if {
	approval := facts.foreignApprovals[input.context.recipient.contract]
	in_force(approval)
	approval.reference
	input.context.purpose in approval.purposes
}

recipient_holds := {
	"rule": "law.cn.recipient.covered",
	"code": "recipient.covered",
	"article": "PIPL 20-23",
	"text": {
		"zh": "接收方、合同和告知均有登记且有效。",
		"en": "Recipient, contract and notice are on record and in force.",
	},
	"remedy": null,
}

hold contains recipient_holds if {
	leaving
	contract_covers
}

export_holds := {
	"rule": "law.cn.export.covered",
	"code": "export.covered",
	"article": "PIPL 38-40",
	"text": {
		"zh": "出境路径现行有效，覆盖目的、地区和种类。",
		"en": "A path for the export is in force and covers purpose, region and kinds.",
	},
	"remedy": null,
}

hold contains export_holds if {
	crossing
	path_covers
}
