package history_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/history"
)

// story opens the language model with a text at temperature 1, and the tree.
func story(t *testing.T) *apptest.Page {
	return apptest.OpenShipped(t, "#model=language&text=Anna has a&temperature=1&seed=3&history=on")
}

// outline is the tree as a text.
func outline(s *apptest.Page) string {
	s.Press("id", "history-text")
	return s.Acts[len(s.Acts)-1].(feature.SaveText).Text
}

func TestWhatWasWrittenStaysAsABranch(t *testing.T) {
	s := story(t)
	chance := map[int]float32{}
	for range 3 {
		chance[len(s.State.Generated)] = s.State.Next.Sampled
		s.Send(feature.StepPressed{})
	}
	first := fmt.Sprint(s.State.Generated)
	tree := history.Of(&s.State).Tree
	if len(tree.Nodes) != 3 {
		t.Fatalf("three tokens are %d nodes", len(tree.Nodes))
	}
	for i, n := range tree.Nodes {
		if n.Sampled != chance[i] || !n.Drawn || n.Taken || n.Text == "" {
			t.Errorf("token %d was drawn with %v, says the tree; it was %v: %+v", i, n.Sampled, chance[i], n)
		}
	}
	s.Press("id", "twig-1")
	if len(s.State.Generated) != 1 || len(history.Of(&s.State).Tree.Nodes) != 3 {
		t.Fatalf("back at the first token, %v is written, and %d nodes are kept", s.State.Generated, len(history.Of(&s.State).Tree.Nodes))
	}
	other := 0
	for _, k := range s.State.Candidates {
		if k.ID != tree.Nodes[1].ID {
			other = k.ID
			break
		}
	}
	s.Press("data-take", fmt.Sprint(other)).Send(feature.StepPressed{})
	if g := s.State.Generated; len(g) != 3 || g[1] != other {
		t.Fatalf("taken %d, what is written is %v", other, g)
	}
	if got := outline(s); strings.Count(got, "\n") != 4 || strings.Count(got, "*") != 1 {
		t.Errorf("the outline is\n%s", got)
	}
	if !strings.Contains(s.HTML(), `id="history-compare"`) {
		t.Error("two ends are not compared")
	}
	s.Send(feature.UndoPressed{}, feature.UndoPressed{})
	if len(s.State.Generated) != 1 || len(history.Of(&s.State).Tree.Nodes) != 5 {
		t.Errorf("undo leads to %v, and %d nodes are kept", s.State.Generated, len(history.Of(&s.State).Tree.Nodes))
	}
	s.Press("id", "twig-3")
	if fmt.Sprint(s.State.Generated) != first {
		t.Errorf("the end of the first branch is %v, was %v", s.State.Generated, first)
	}
	if strings.Contains(s.State.Hash(), "twig") || !strings.Contains(s.State.Hash(), "history=on") {
		t.Errorf("the link is %s", s.State.Hash())
	}
}

func TestDrawingAgainIsOneStepOfUndo(t *testing.T) {
	s := story(t).Send(feature.StepPressed{})
	was, seed := fmt.Sprint(s.State.Generated), s.State.Sampling.Seed
	for range 6 {
		s.Press("id", "history-redraw")
	}
	if len(s.State.Generated) != 1 || s.State.Sampling.Seed != seed+6 {
		t.Fatalf("six draws later %v is written, by seed %d", s.State.Generated, s.State.Sampling.Seed)
	}
	if n := len(history.Of(&s.State).Tree.Nodes); n < 2 {
		t.Errorf("six draws at temperature 1 are %d nodes", n)
	}
	for range 6 {
		s.Send(feature.UndoPressed{})
	}
	if fmt.Sprint(s.State.Generated) != was || s.State.Sampling.Seed != seed {
		t.Errorf("undone, %v is written by seed %d", s.State.Generated, s.State.Sampling.Seed)
	}
}

func TestADrawThatWaitsIsOneStepOfUndo(t *testing.T) {
	r := apptest.OpenLanguage(t, "#text=Anna has a&temperature=1").Send(feature.StepPressed{})
	was := fmt.Sprint(r.S.Generated)
	r.Slow = true
	r.Send(history.Redrawn{})
	r.Deliver()
	if r.Send(feature.UndoPressed{}).Deliver(); fmt.Sprint(r.S.Generated) != was {
		t.Errorf("undone, %v is written; it was %v", r.S.Generated, was)
	}
	r.Send(history.Redrawn{}, feature.PromptChanged{Text: "Ben has a"}).Deliver()
	if r.Send(feature.StepPressed{}).Deliver(); len(r.S.Generated) != 1 {
		t.Fatalf("another text, and a step: %v", r.S.Generated)
	}
	if r.Send(feature.UndoPressed{}).Deliver(); len(r.S.Generated) != 0 || r.S.Text != "Ben has a" {
		t.Errorf("that step is not undone alone: %v after %q", r.S.Generated, r.S.Text)
	}
}

func TestAnotherPromptBeginsAnotherTreeAndUndoBringsItBack(t *testing.T) {
	s := story(t).Send(feature.StepPressed{}, history.Chosen{}, history.Taken{ID: 0}, feature.StepPressed{})
	n := len(history.Of(&s.State).Tree.Nodes)
	s.Send(feature.TextChosen{Text: "Ben has"})
	if got := history.Of(&s.State).Tree; len(got.Nodes) != 0 || got.Text != "Ben has" {
		t.Errorf("another prompt has %d nodes", len(got.Nodes))
	}
	if s.Send(feature.UndoPressed{}); len(history.Of(&s.State).Tree.Nodes) != n {
		t.Errorf("undo brings %d of %d nodes back", len(history.Of(&s.State).Tree.Nodes), n)
	}
	s.Send(feature.ModelChosen{ID: "sort"}, feature.ModelChosen{ID: "language"})
	if got := history.Of(&s.State).Tree; len(got.Nodes) != 0 {
		t.Errorf("after another model %d nodes are there", len(got.Nodes))
	}
}

// TestAChanceThatALinkBroughtIsComputed, and equals the one that the same token has when it is drawn.
func TestAChanceThatALinkBroughtIsComputed(t *testing.T) {
	drawn := story(t).Send(feature.StepPressed{}, feature.StepPressed{})
	opened := apptest.OpenShipped(t, drawn.State.Hash())
	a, b := history.Of(&drawn.State).Tree.Nodes, history.Of(&opened.State).Tree.Nodes
	if len(a) != 2 || len(b) != 2 {
		t.Fatalf("%d and %d nodes", len(a), len(b))
	}
	for i := range a {
		if b[i].Drawn || !b[i].Scored || b[i].Text != a[i].Text || math.Abs(float64(a[i].Probability-b[i].Probability)) > 1e-5 {
			t.Errorf("drawn %+v, opened %+v", a[i], b[i])
		}
	}
}

func TestTheLastAnswerOfAFullContextIsANode(t *testing.T) {
	s := apptest.OpenPage(t).Send(history.Toggled{}, feature.PlayPressed{})
	for range 8 {
		s.Send(feature.StepPressed{})
	}
	tree := history.Of(&s.State).Tree
	if len(tree.Nodes) != 6 || !tree.Nodes[5].Full || s.State.Last == nil {
		t.Fatalf("six letters sorted are %+v", tree.Nodes)
	}
	hash := s.State.Hash()
	s.Send(history.Chosen{Node: 2}, history.Chosen{Node: 6})
	if s.State.Last == nil || s.State.Hash() != hash {
		t.Errorf("back at the end the link is %s, was %s", s.State.Hash(), hash)
	}
}

func TestAtMost2000TokensAreKept(t *testing.T) {
	s := apptest.OpenShipped(t, "#model=language&text=A")
	for i := range 40 {
		ids := make([]string, 60)
		for j := range ids {
			ids[j] = fmt.Sprint(100*i + j)
		}
		s.Send(feature.Navigated{Hash: "#model=language&text=A&generated=" + strings.Join(ids, ".")})
	}
	tree := history.Of(&s.State).Tree
	if n := len(tree.Nodes); n > history.MostNodes || n+tree.Dropped != 2400 || n <= history.MostNodes-60 {
		t.Errorf("of 2400 tokens %d are kept and %d dropped", n, tree.Dropped)
	}
	if first := tree.Nodes[0].ID; first != 700 {
		t.Errorf("the oldest that is kept begins with %d", first)
	}
	s.Send(history.Toggled{})
	if !strings.Contains(s.HTML(), "the tree holds 2,000 at most") {
		t.Error("the page does not say so")
	}
}

func TestKeysWalkThroughTheTree(t *testing.T) {
	s := story(t).Send(feature.StepPressed{}, feature.StepPressed{}, history.Chosen{Node: 1})
	for _, k := range s.State.Candidates {
		if k.ID != history.Of(&s.State).Tree.Nodes[1].ID {
			s.Send(history.Taken{ID: k.ID})
			break
		}
	}
	for _, step := range []struct {
		from, key, to string
	}{{"twig-0", "ArrowRight", "twig-1"}, {"twig-1", "ArrowRight", "twig-2"}, {"twig-2", "ArrowDown", "twig-3"}, {"twig-3", "ArrowLeft", "twig-1"},
		{"twig-1", "ArrowLeft", "twig-0"}, {"twig-0", "End", "twig-3"}, {"twig-3", "ArrowUp", "twig-2"}, {"twig-2", "Home", "twig-0"}} {
		e := &apptest.Event{Key: step.key, ID: step.from}
		s.On("keydown", "id", "history-tree", e)
		if got := s.Acts[len(s.Acts)-1]; got != (feature.Focus{ID: step.to}) || !e.Prevented {
			t.Errorf("%s at %s leads to %v, not to %s", step.key, step.from, got, step.to)
		}
	}
	s.On("keydown", "id", "history-tree", &apptest.Event{Key: "-", ID: "twig-1"})
	if html := s.HTML(); strings.Contains(html, `id="twig-2"`) || !strings.Contains(html, `aria-expanded="false"`) {
		t.Error("minus does not hide the branches")
	}
	s.On("keydown", "id", "history-tree", &apptest.Event{Key: "ArrowRight", ID: "twig-1"})
	if !strings.Contains(s.HTML(), `id="twig-2"`) {
		t.Error("the arrow to the right does not show them again")
	}
}

func TestTheTableNamesWhatComesBefore(t *testing.T) {
	s := story(t).Send(feature.StepPressed{}, feature.StepPressed{})
	s.Press("id", "history-save")
	file := s.Acts[len(s.Acts)-1].(feature.SaveText)
	lines := strings.Split(strings.TrimSpace(file.Text), "\r\n")
	if len(lines) != 3 || lines[0] != "node,after,depth,id,token,chance,model,taken,edits,present" || !strings.HasPrefix(lines[2], "2,1,2,") {
		t.Errorf("saved is %q", lines)
	}
}

func TestALongBranchIsCutUntilTheReaderAsks(t *testing.T) {
	s := story(t)
	for range 40 {
		s.Send(feature.StepPressed{})
	}
	if html := s.HTML(); strings.Contains(html, `id="twig-20"`) || !strings.Contains(html, ">25 more<") || !strings.Contains(html, `id="twig-40"`) {
		t.Error("a branch of 40 tokens is not cut in its middle")
	}
	s.Send(history.Chosen{Node: 20})
	if !strings.Contains(s.HTML(), `id="twig-20"`) {
		t.Error("where the text ends is cut away")
	}
	s.Send(history.Chosen{Node: 40}).On("keydown", "id", "history-tree", &apptest.Event{Key: "+", ID: "twig-3"})
	if html := s.HTML(); strings.Count(html, `role="treeitem"`) != 41 {
		t.Error("plus does not show the whole branch")
	}
}
