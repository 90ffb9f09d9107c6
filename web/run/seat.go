package run

import "glassbox/model"

// A seat says where something can be seen in whatever model: at a stage, in the first step of
// an operation in a part of the network, or in what that step reads in a role.
type Seat struct {
	Stage Stage
	Part  model.Part
	Op    model.Op
	Role  string
}

func AtStage(g Stage) Seat { return Seat{Stage: g} }

func StepOf(p model.Part, op model.Op) Seat { return Seat{Part: p, Op: op} }

func ReadBy(p model.Part, op model.Op, role string) Seat { return Seat{Part: p, Op: op, Role: role} }

// SeatOf returns the stage of a seat, and the step or weight there; "" for a stage alone, and
// where the run has no such step.
func (s Run) SeatOf(a Seat) (stage Stage, panel string) {
	if a.Op == "" {
		return a.Stage, ""
	}
	for _, i := range s.Steps {
		if i.Part != a.Part || i.Op != a.Op {
			continue
		}
		if a.Role == "" {
			return stageOfInfo(i), i.Name
		}
		return stageOfInfo(i), InputOf(i, a.Role)
	}
	return StageOverview, ""
}

// TokenIDs names the step where the ids of the text stand.
func (s Run) TokenIDs() string {
	_, name := s.SeatOf(StepOf(model.PartTokenize, model.OpTokens))
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
