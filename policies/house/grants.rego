# The house table: which role may take which action for which purpose, and on which kinds of data beyond the workforce's
# ordinary attributes. It stands under the law pack and can only be stricter: a grant permits nothing that the law denies.
package house

# Attributes that every granted purpose may break its figures down by.
workforce := {"calendar", "organisation", "employment", "demographics", "qualification"}

grants := {
	"analyst": {"query": {
		"dpv:PersonnelPayment": {"pay"},
		"dpv:PersonnelManagement": {"training", "leave", "attendance", "travel"},
		"dpv:PersonnelPerformanceEvaluation": {"performance"},
		"cn-pipl:AttendanceRecording": {"attendance"},
		"cn-pipl:StaffTraining": {"training"},
		"cn-pipl:LeaveAndBenefits": {"leave"},
		"cn-pipl:EngagementSurvey": {"engagement"},
		"cn-pipl:PayEquityReview": {"pay", "performance"},
	}},
	"hr": {
		"query": {
			"dpv:PersonnelPayment": {"pay"},
			"dpv:PersonnelManagement": {"training", "leave", "attendance", "travel"},
			"dpv:PersonnelPerformanceEvaluation": {"performance"},
			"cn-pipl:AttendanceRecording": {"attendance"},
			"cn-pipl:StaffTraining": {"training"},
			"cn-pipl:LeaveAndBenefits": {"leave"},
			"cn-pipl:EngagementSurvey": {"engagement"},
		},
		"read": {"cn-pipl:ContractManagement": {"identifier", "identity"}},
		"collect": {"dpv:PersonnelHiring": {"recruitment", "identity", "contact"}},
		"store": {"dpv:PersonnelHiring": {"recruitment", "identity", "contact"}},
		"use": {
			"dpv:PersonnelHiring": {"recruitment", "identity", "contact"},
			"cn-pipl:ContractManagement": {"identifier", "identity"},
		},
		"automatedDecision": {"dpv:PersonnelHiring": {"recruitment"}},
		"provide": {
			"dpv:PersonnelPayment": {"pay", "bankAccount", "identifier", "identity"},
			"cn-pipl:StatutoryReporting": {"pay", "identifier", "identity", "officialId"},
		},
		"export": {"dpv:PersonnelManagement": {"identifier", "identity", "contact"}},
	},
	"legal": {
		"query": {
			"cn-pipl:PayEquityReview": {"pay", "performance"},
			"cn-pipl:StatutoryReporting": {"pay"},
		},
		"disclose": {"cn-pipl:StatutoryReporting": {"pay", "identifier", "identity"}},
	},
	"security": {
		"query": {"cn-pipl:AccessControl": {"accessRecord"}},
		"read": {"cn-pipl:InternalInvestigation": {"accessRecord", "identifier"}},
		"use": {"cn-pipl:AccessControl": {"accessRecord", "identifier"}},
	},
	"steward": {
		"query": {"dpv:PersonnelManagement": {"training", "leave", "attendance", "travel"}},
		"store": {"dpv:PersonnelManagement": {"training", "leave", "attendance", "travel"}},
		"destroy": {"cn-pipl:RetentionErasure": {
			"pay", "bankAccount", "attendance", "accessRecord", "leave", "training", "performance", "engagement",
			"identifier", "identity", "contact", "recruitment", "travel",
		}},
	},
}

# Roles that see their own unit only.
scoped_roles := {"hr"}

# Smallest group a figure may stand for, by the highest grade in the dataset. Never under the floor.
group_floor := 5

group_by_grade := {"internal": 10, "sensitive": 20, "important": 20, "core": 20}

group_external := 20
