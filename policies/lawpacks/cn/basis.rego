# Legal basis (PIPL Art. 13 to 15; Labour Contract Law Art. 4, 51, 54).
#
# Art. 13(1)(2) has two limbs. Contract necessity stands by itself. Necessity for human resources management holds only while
# the labour rulebook and the collective contract are valid, with evidence of how they came about; whether both are needed
# (the text says 和) is a switch that counsel sets, in `facts.switches`.
package law.cn

import data.facts

basis_unknown := {
	"rule": "law.cn.basis.unknown",
	"code": "basis.unknown",
	"article": "PIPL 13",
	"text": {
		"zh": "第十三条第一款没有这一合法性基础。",
		"en": "Article 13(1) knows no such legal basis.",
	},
	"remedy": {
		"zh": "从 13-1-1 至 13-1-7 中选择。",
		"en": "Choose one of 13-1-1 to 13-1-7.",
	},
}

deny contains basis_unknown if not known_basis

known_basis if facts.vocabulary.legalBases[input.context.legalBasis]

basis_unregistered := {
	"rule": "law.cn.basis.unregistered",
	"code": "basis.unregistered",
	"article": "PIPL 13",
	"text": {
		"zh": "登记的处理活动不以此为合法性基础。",
		"en": "The registered activity does not rest on this legal basis.",
	},
	"remedy": {
		"zh": "使用该活动登记的合法性基础。",
		"en": "State the legal basis that the activity is registered with.",
	},
}

deny contains basis_unregistered if {
	activity
	known_basis
	not ground
}

basis_rulebook := {
	"rule": "law.cn.basis.rulebook",
	"code": "basis.rulebook",
	"article": "PIPL 13-1-2; LCL 4",
	"text": {
		"zh": "人力资源管理所必需这一基础，要求劳动规章制度有效，并有职工讨论、工会协商和公示的证据；目前不满足。",
		"en": "Necessity for human resources management needs a labour rulebook in force with evidence of discussion, consultation and publication; it is not there now.",
	},
	"remedy": {
		"zh": "请人力资源部门续期规章制度或补齐证据；在此之前不能以此为基础。",
		"en": "Have human resources renew the rulebook or complete its evidence; until then this basis does not hold.",
	},
}

deny contains basis_rulebook if {
	management_limb
	not management_holds
	not rulebook_holds
}

rulebook_holds if rulebook_valid(facts.rulebooks[ground.rulebook])

basis_collective := {
	"rule": "law.cn.basis.collectiveContract",
	"code": "basis.collectiveContract",
	"article": "PIPL 13-1-2; LCL 51, 54",
	"text": {
		"zh": "人力资源管理所必需这一基础，要求集体合同有效，并有职工代表大会通过、签订和报送的证据；目前不满足。",
		"en": "Necessity for human resources management needs a collective contract in force with evidence of approval, signature and filing; it is not there now.",
	},
	"remedy": {
		"zh": "请人力资源部门与工会续签集体合同或补齐证据；在此之前不能以此为基础。",
		"en": "Have human resources and the union renew the collective contract or complete its evidence; until then this basis does not hold.",
	},
}

deny contains basis_collective if {
	management_limb
	not management_holds
	not collective_holds
}

collective_holds if collective_valid(facts.collectiveContracts[ground.collectiveContract])

# Whatever is not registered as contract necessity is held to the stricter limb.
management_limb if {
	input.context.legalBasis == "13-1-2"
	ground
	not contract_limb
}

contract_limb if ground.limb == "contract"

management_holds if management_basis(ground)

# Also what the exemption for exports rests on.
management_basis(base) if {
	rulebook_valid(facts.rulebooks[base.rulebook])
	collective_valid(facts.collectiveContracts[base.collectiveContract])
}

management_basis(base) if {
	facts.switches.hrManagementNeeds.value == "either"
	rulebook_valid(facts.rulebooks[base.rulebook])
}

management_basis(base) if {
	facts.switches.hrManagementNeeds.value == "either"
	collective_valid(facts.collectiveContracts[base.collectiveContract])
}

rulebook_valid(record) if {
	in_force(record)
	record.evidence.discussion
	record.evidence.consultation
	record.evidence.publication
}

collective_valid(record) if {
	in_force(record)
	record.evidence.approval
	record.evidence.signature
	record.evidence.filing
}

basis_contract := {
	"rule": "law.cn.basis.contract",
	"code": "basis.contract",
	"article": "PIPL 13-1-2",
	"text": {
		"zh": "合同所必需这一基础，要求登记所依据的合同条款；目前没有。",
		"en": "Contract necessity needs the clause of the contract on record; there is none.",
	},
	"remedy": {
		"zh": "在处理活动中登记合同条款。",
		"en": "Put the clause of the contract on record with the activity.",
	},
}

deny contains basis_contract if {
	input.context.legalBasis == "13-1-2"
	contract_limb
	not ground.clause
}

basis_statute := {
	"rule": "law.cn.basis.statute",
	"code": "basis.statute",
	"article": "PIPL 13-1-3, 13-1-7",
	"text": {
		"zh": "以法定职责、法定义务或者法律另有规定为基础的，须登记具体条文；目前没有。",
		"en": "A statutory duty or another case set by law needs the provision itself on record; there is none.",
	},
	"remedy": {
		"zh": "在处理活动中登记法律条文。",
		"en": "Put the provision on record with the activity.",
	},
}

deny contains basis_statute if {
	input.context.legalBasis in {"13-1-3", "13-1-7"}
	ground
	not ground.statute
}

basis_emergency := {
	"rule": "law.cn.basis.emergency",
	"code": "basis.emergency",
	"article": "PIPL 13-1-4",
	"text": {
		"zh": "没有正在进行的突发公共卫生事件或者紧急情况的登记。",
		"en": "No public health event or emergency is on record as going on.",
	},
	"remedy": {
		"zh": "登记事件及其起止时间，或者改用其他合法性基础。",
		"en": "Put the event and its dates on record, or state another legal basis.",
	},
}

deny contains basis_emergency if {
	input.context.legalBasis == "13-1-4"
	ground
	not emergency
}

emergency if in_force(facts.emergencies[ground.emergency])

consent_missing := {
	"rule": "law.cn.basis.consent",
	"code": "consent.missing",
	"article": "PIPL 13-1-1, 14",
	"text": {
		"zh": "没有覆盖这个目的、方式、数据和种类的有效同意。",
		"en": "No consent in force covers this purpose, way of processing, dataset and kind of information.",
	},
	"remedy": {
		"zh": "先取得员工自愿、明确的同意；目的、方式或者种类有变更的，须重新取得。",
		"en": "Obtain the employees' voluntary and explicit consent first; a change of purpose, method or kind needs it afresh.",
	},
}

deny contains consent_missing if {
	input.context.legalBasis == "13-1-1"
	not consent
}

# Consent is on record per dataset: it says that the dataset holds only people who consented and have not withdrawn.
consent := record if {
	record := facts.consents[input.context.purpose]
	in_force(record)
	record.withdrawal
	input.resource.dataset in record.datasets
	input.action.name in record.methods
	every class in classes { class in record.classes }
}

basis_holds := {
	"rule": "law.cn.basis.valid",
	"code": "basis.valid",
	"article": "PIPL 13",
	"text": {
		"zh": "所述合法性基础已登记，且其依据现行有效。",
		"en": "The stated legal basis is registered, and what it rests on is in force.",
	},
	"remedy": null,
}

hold contains basis_holds if ground
