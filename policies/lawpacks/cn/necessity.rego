# Least intrusive means, minimum necessary (PIPL Art. 6) and classification (PIPL Art. 51, DSL Art. 21).
package law.cn

import data.facts

necessity_aggregate := {
	"rule": "law.cn.necessity.aggregate",
	"code": "necessity.aggregate",
	"article": "PIPL 6",
	"text": {
		"zh": "统计结果就能达到这个目的，逐条查看不是对个人权益影响最小的方式。",
		"en": "A statistic serves this purpose; reading rows is not the way with the least impact on people.",
	},
	"remedy": {
		"zh": "改为统计查询（操作 query）：按部门等维度汇总，例如 SELECT org_unit, count(*), avg(…) … GROUP BY org_unit。",
		"en": "Ask for the statistic instead (action query), summed over dimensions such as the unit: SELECT org_unit, count(*), avg(…) … GROUP BY org_unit.",
	},
}

deny contains necessity_aggregate if {
	input.action.name == "read"
	not rows_needed
}

# Rows are needed only where the activity says why, and only by the roles it names for that.
rows_needed if {
	activity.rows.need
	some role in input.subject.roles
	role in activity.rows.roles
}

necessity_fields := {
	"rule": "law.cn.necessity.fields",
	"code": "necessity.fields",
	"article": "PIPL 6",
	"text": {
		"zh": "所列字段中有的与这个目的无关，不在处理活动登记的种类之内。",
		"en": "A named field is not needed for this purpose: its kind is not among those the activity registers.",
	},
	"remedy": {
		"zh": "去掉与目的无关的字段后重新提出。",
		"en": "Ask again without the fields that the purpose does not need.",
	},
}

deny contains necessity_fields if {
	activity
	some class in classes
	not class_needed(class)
}

class_needed(class) if class in activity.classes

necessity_named := {
	"rule": "law.cn.necessity.named",
	"code": "necessity.fieldsUnnamed",
	"article": "PIPL 6",
	"text": {
		"zh": "没有写明要处理哪些字段，无法判断是否限于最小范围。",
		"en": "No field is named, so it cannot be judged whether the scope is the smallest.",
	},
	"remedy": {
		"zh": "逐一写明需要的字段。",
		"en": "Name each field that is needed.",
	},
}

deny contains necessity_named if {
	not whole_records
	not fields_named
}

whole_records if input.action.name in {"query", "destroy"}

fields_named if count(input.resource.fields) > 0

dataset_unregistered := {
	"rule": "law.cn.classification.dataset",
	"code": "classification.dataset",
	"article": "PIPL 51; DSL 21",
	"text": {
		"zh": "资产登记册中没有这个数据集。",
		"en": "The asset register does not hold this dataset.",
	},
	"remedy": {
		"zh": "请数据管家登记数据集及其各列的种类和级别。",
		"en": "Have the data steward register the dataset with class and grade of each column.",
	},
}

deny contains dataset_unregistered if not dataset

column_ungraded := {
	"rule": "law.cn.classification.ungraded",
	"code": "classification.ungraded",
	"article": "PIPL 51; DSL 21",
	"text": {
		"zh": "所列字段中有的没有分类分级，不能处理。",
		"en": "A named field has no class and grade on record, and may not be processed.",
	},
	"remedy": {
		"zh": "请数据管家为该列登记种类和级别。",
		"en": "Have the data steward put class and grade of the column on record.",
	},
}

deny contains column_ungraded if {
	dataset
	some field in input.resource.fields
	not graded(field)
}

graded(field) if {
	column := dataset.columns[field]
	facts.vocabulary.dataClasses[column.class]
	facts.vocabulary.grades[column.grade]
}

important_data := {
	"rule": "law.cn.classification.important",
	"code": "classification.important",
	"article": "DSL 21",
	"text": {
		"zh": "涉及重要数据或者核心数据，须走更严格的程序；登记的活动没有批准。",
		"en": "Important or core data takes a stricter path; the registered activity holds no approval for it.",
	},
	"remedy": {
		"zh": "请法务与安全部门办理重要数据的审批和风险评估。",
		"en": "Have legal and security obtain the approval and risk assessment for important data.",
	},
}

deny contains important_data if {
	not activity.importantData
	some field in input.resource.fields
	dataset.columns[field].grade in {"important", "core"}
}

training_lapsed := {
	"rule": "law.cn.staff.training",
	"code": "staff.training",
	"article": "PIPL 51",
	"text": {
		"zh": "没有有效的个人信息保护培训记录。",
		"en": "No training on personal information protection is on record as valid.",
	},
	"remedy": {
		"zh": "完成培训后重新提出。",
		"en": "Complete the training, then ask again.",
	},
}

deny contains training_lapsed if not trained

trained if input.context.date <= input.subject.trainingValidUntil

training_holds := {
	"rule": "law.cn.staff.trained",
	"code": "staff.trained",
	"article": "PIPL 51",
	"text": {
		"zh": "提出请求的人培训有效，所涉数据已分类分级。",
		"en": "The person asking holds valid training, and the data is classified and graded.",
	},
	"remedy": null,
}

hold contains training_holds if trained
