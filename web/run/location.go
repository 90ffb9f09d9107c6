package run

import "glassbox/model"

// A Location says where something can be seen in whatever model: at a stage, in the first step of
// an operation in a part of the network, or in what that step reads in a role.
type Location struct {
	Stage Stage
	Part  model.Part
	Op    model.Op
	Role  string
}

// AtStage is the seat of a stage.
func AtStage(g Stage) Location { return Location{Stage: g} }

// StepOf is that of the first step of an operation in a part.
func StepOf(p model.Part, op model.Op) Location { return Location{Part: p, Op: op} }

// ReadBy is that of what such a step reads in a role.
func ReadBy(p model.Part, op model.Op, role string) Location {
	return Location{Part: p, Op: op, Role: role}
}

// Locate returns the stage of a seat, and the step or weight there; "" for a stage alone, and
// where the run has no such step: before anything has been drawn there are none of sampling, and not every model has a gate.
func (s Run) Locate(a Location) (stage Stage, panel string) {
	if a.Op == "" {
		return a.Stage, ""
	}
	for _, i := range s.Steps {
		if i.Part != a.Part || i.Op != a.Op && !(i.Op.Bends() && a.Op.Bends()) {
			continue
		}
		if a.Role == "" {
			return stageOfInfo(i), i.Name
		}
		return stageOfInfo(i), InputOf(i, a.Role)
	}
	if a.Part.InBlock() {
		return PartStage(0, a.Part), ""
	}
	return Stage(a.Part), ""
}

// TokenIDs names the step where the ids of the text stand.
func (s Run) TokenIDs() string {
	_, name := s.Locate(StepOf(model.PartTokenize, model.OpTokens))
	return name
}

// InputOf returns the name of what a step reads in a role; "" if there is none.
func InputOf(i model.Info, role string) string {
	for _, in := range i.Inputs {
		if i.Role(in.Name) == role {
			return in.Name
		}
	}
	return ""
}
