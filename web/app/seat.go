package app

import "glassbox/model"

// A seat says where something can be seen in whatever model: at a stage, in the first step of
// an operation in a part of the network, or in what that step reads in a role.
type seat struct {
	stage Stage
	part  model.Part
	op    model.Op
	role  string
}

func at(g Stage) seat { return seat{stage: g} }

func stepOf(p model.Part, op model.Op) seat { return seat{part: p, op: op} }

func readBy(p model.Part, op model.Op, role string) seat { return seat{part: p, op: op, role: role} }

// placeOfSeat returns the stage of a seat, and the step or weight there; "" for a stage alone, and
// where the run has no such step.
func (s State) placeOfSeat(a seat) (stage Stage, panel string) {
	if a.op == "" {
		return a.stage, ""
	}
	for _, i := range s.Steps {
		if i.Part != a.part || i.Op != a.op {
			continue
		}
		if a.role == "" {
			return stageOfInfo(i), i.Name
		}
		return stageOfInfo(i), inputOf(i, a.role)
	}
	return StageOverview, ""
}

// inputOf returns the name of what a step reads in a role; "" if there is none.
func inputOf(i model.Info, role string) string {
	for _, in := range i.Inputs {
		if i.Role(in.Name) == role {
			return in.Name
		}
	}
	return ""
}
