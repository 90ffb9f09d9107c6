package scene

import (
	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/layout"
)

// pairCell is the least size in CSS pixels of a cell that belongs to a pair of tokens, in the picture of its stage; mostPair
// the largest to which a flight to its panel comes.
const (
	pairCell = 20
	mostPair = 44
)

// closeShare and closeTall are how much of the free canvas a picture from close by fills. Below a panel of pairs stands
// what is mixed in its shares: with the gap between them it is belowPairs of the extent S high; and of the height of the
// picture pairTall are for the panel, at most.
const (
	closeShare = 0.82
	closeTall  = 0.80
	belowPairs = 0.65
	pairTall   = 0.64
)

// pairs returns which pairs of tokens have room from close by: all, if so many cells of pairCell fit, or else those round
// the token of the number that is kept, or the last one. They stay the same as long as that is among them, so that nothing
// moves under the pointer.
func (s *Scene) pairs() layout.Pairs {
	T := len(s.tokens)
	for i := range s.infos {
		if t := &s.infos[i]; layout.IsPairs(t) {
			T = t.Rows
			break
		}
	}
	f := s.free()
	wide, high := float64(f.W)*closeShare, float64(f.H)*closeTall
	p := layout.Pairs{Count: min(T, max(int(min(wide*0.9, high*pairTall)/pairCell), 5))}
	full, beside := float64(p.Count)*pairCell, belowPairs
	if T > p.Count {
		beside += layout.BesidePairs
	}
	p.Room = 1.2 * pairCell * beside * layout.Extent(s.config) / max(high-full, full/3)
	chosen := T - 1
	if t := s.infoOf(s.pinned.Name); t != nil && t.RowAxis.Tokens() && s.pinned.Row < T {
		chosen = s.pinned.Row
	}
	if p.First = min(s.pairFirst, T-p.Count); chosen < p.First || chosen >= p.First+p.Count {
		p.First = min(max(chosen-p.Count*3/4, 0), T-p.Count)
	}
	return p
}

// aimedAtPairs returns the pose that shows a stage with panels of pairs: all that belongs to it, or as much of its end as
// leaves such a cell at least pairCell pixels. ok is false for another stage.
func (s *Scene) aimedAtPairs(names []string, spread float64) (pose camera.Pose, ok bool) {
	var all, only, last, least []string // ever less of what leads to the shares
	for _, n := range names {
		t := s.infoOf(n)
		if t == nil || t.Kind == model.KindWeight || t.Head < 0 {
			continue
		}
		all = append(all, n)
		shares, mixes := t.Op.IsShare(), len(t.Inputs) > 0 && s.isShare(t.Inputs[0].Name)
		if layout.IsPairs(t) || mixes {
			only = append(only, n)
		}
		if shares || mixes {
			least = append(least, n)
		}
		if shares {
			last = append(last, t.Inputs[0].Name)
		}
	}
	if len(least) < 2 {
		return pose, false
	}
	for _, kept := range [][]string{all, only, append(last, least...), least} {
		pose = s.wideUp(s.frontBound(kept), spread, mostPair/s.plan.PairSize())
		if s.plan.PairSize()*s.h/pose.Span >= 1.07*pairCell { // which the camera sees from aside
			break
		}
	}
	return pose, true
}

// wideUp is closeUp, but the box may fill the width of the canvas but for the names of the tokens at its left.
func (s *Scene) wideUp(box camera.Box, spread, most float64) camera.Pose {
	f := s.free()
	a := camera.Aim{Boxes: []camera.Box{box}, Spread: spread, Az: camera.NearAz, El: camera.NearEl, Most: most, W: float64(f.W) * 0.90, H: float64(f.H) * closeTall}
	a.X, a.Y = float64(f.X)+float64(f.W)*0.075, float64(f.Y)+float64(f.H)*0.14
	return a.Pose(s.w, s.h, s.whole, s.plan.All)
}

// isShare reports whether a tensor holds the shares of attention.
func (s *Scene) isShare(name string) bool {
	t := s.infoOf(name)
	return t != nil && layout.IsPairs(t) && t.Op.IsShare()
}

// frontBound returns the space of the front panels of the named tensors.
func (s *Scene) frontBound(names []string) camera.Box {
	box := camera.NoBox()
	for _, n := range names {
		for _, i := range s.plan.ByName[n] {
			if p := &s.plan.Panels[i]; p.Layer == 0 {
				box = box.Union(p.Box())
			}
		}
	}
	return box
}
