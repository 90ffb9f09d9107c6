package served_test

import (
	"os"
	"strings"
	"testing"

	"glassbox/model/checkpoint"
	"glassbox/web/app"
	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	. "glassbox/web/feature"
	"glassbox/web/feature/consent"
	"glassbox/web/feature/open"
	"glassbox/web/feature/served"
	"glassbox/web/say"
)

// holding returns an engine that holds the model that sorts letters, and what it says of itself.
func holding(t *testing.T) (*engine.Engine, engine.Hello) {
	t.Helper()
	b, err := os.ReadFile("../../../model/testdata/nano-sort/weights.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	i, err := checkpoint.Import("held.safetensors", b, checkpoint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e := engine.New()
	e.Hold(i)
	seen := e.Handle(engine.Request{Inspect: &engine.Inspect{Files: []engine.FileHead{{Name: "held.safetensors", Head: b, Size: len(b)}}}})
	if seen.Error != "" {
		t.Fatal(seen.Error)
	}
	return e, engine.Hello{Name: "held.safetensors", Size: len(b), Inspected: *seen.Inspected, Kernel: "AVX2", Cores: 8}
}

// opened returns a reader of a page whose engine is a program that holds a model.
func opened(t *testing.T) *apptest.Reader {
	t.Helper()
	e, hello := holding(t)
	r := &apptest.Reader{T: t, S: app.New(append([]Choice{served.Choice(hello)}, apptest.Choices()...)), E: e}
	return r.Send(served.Greeted{Hello: hello}, Navigated{})
}

// drawn returns the page that the reader sees.
func drawn(r *apptest.Reader) string {
	p := apptest.NewPage(r.T)
	p.State = r.S
	return p.HTML()
}

// sees tells whether the page has a text.
func sees(r *apptest.Reader, what string, want bool) {
	r.T.Helper()
	r.Expect("that "+what+" is on the page", strings.Contains(drawn(r), what), want)
}

func TestTheModelOfTheProgramIsTheFirstOne(t *testing.T) {
	r := opened(t)
	r.Expect("the phase", r.S.Phase, Ready).Expect("the model", r.S.Model, "file.0").Expect("its name", r.S.Choice().Label, "held")
	r.Expect("what is read as a file", apptest.Count[ReadFile](r), 0)
	r.Expect("tokens", len(r.S.Tokens), len(r.S.Text))
	sees(r, "8 cores, with AVX2", true)
	sees(r, `id="served"`, false)
	sees(r, `id="about-change"`, false) // its files were named where the program was started
	sees(r, `id="menu-file"`, false)
	r.Send(open.Reconsidered{})
	r.Expect("the dialog", open.Of(&r.S) != nil, false)
	r.Send(ModelChosen{ID: "sort"}).Expect("another model", r.S.Model, "sort").Expect("its phase", r.S.Phase, Ready)
	sees(r, "8 cores, with AVX2", false)
	r.Send(ModelChosen{ID: "file.0"}).Expect("the model again", r.S.Model, "file.0").Expect("its phase", r.S.Phase, Ready)
	r.Expect("files that were read", apptest.Count[ReadFile](r), 0)
}

// TestWhatTheProgramHoldsStaysHere, as what the page reads from a file.
func TestWhatTheProgramHoldsStaysHere(t *testing.T) {
	r := opened(t)
	r.Send(LinkCopied{Link: "http://127.0.0.1:8080/", OK: true})
	r.Expect("the notice", r.S.Notice, "Link copied, without the model: held.safetensors stays on this device.")
	r.Expect("consent", consent.Given(&r.S), false)
	r.Send(open.Chosen{Files: []File{{Number: 3, Name: "other.safetensors", Size: 9}}})
	head := apptest.LastOf[open.ReadHead](r)
	r.Expect("what a file comes to", head.Held, 0).Expect("files that are looked at", len(head.Files), 1)
}

func TestTheReadingIsShown(t *testing.T) {
	r := opened(t)
	r.Slow = true
	r.Send(ModelChosen{ID: "sort"}, ModelChosen{ID: "file.0"}, served.Read{Reading: engine.Reading{Bytes: 3 << 20, Of: 12 << 20}})
	sees(r, say.Served.Reading("held.safetensors", say.Bytes(3<<20), say.Bytes(12<<20)), true)
	sees(r, `value="25"`, true)
	for range 20 { // of which each is 5 s long
		r.Send(Waited{}, served.Read{Reading: engine.Reading{Bytes: 4 << 20, Of: 12 << 20}})
	}
	r.Expect("the problem", r.S.Problem == nil, true)
	r.Send(served.Read{Reading: engine.Reading{Bytes: 12 << 20, Of: 12 << 20}})
	sees(r, "held.safetensors is read. Making the model.", true)
	r.Slow = false
	r.Deliver()
	sees(r, `id="served"`, false)
	r.Expect("the phase", r.S.Phase, Ready)
}

// TestALongAnswerIsWaitedForWhileTheProgramLives: nobody is asked what to do.
func TestALongAnswerIsWaitedForWhileTheProgramLives(t *testing.T) {
	r := opened(t)
	r.Slow = true
	r.Text("CAB")
	for range 20 {
		r.Send(EngineWorks{}, Waited{})
	}
	r.Expect("the problem while it lives", r.S.Problem == nil, true)
	for range 4 {
		r.Send(Waited{})
	}
	r.Expect("the problem of silence", r.S.Problem != nil, true)
}

// lose breaks the way to the program; it stays broken until find.
func lose(r *apptest.Reader) *engine.Engine {
	e := r.E
	r.Slow = true
	r.Send(served.Lost{})
	return e
}

// find finds the program again.
func find(r *apptest.Reader, e *engine.Engine) {
	r.E, r.Slow = e, false
	r.Deliver()
}

func TestEverythingIsKeptUntilTheProgramIsFoundAgain(t *testing.T) {
	r := opened(t).Text("CABBAC").Send(StepPressed{}, PanelChosen{Name: "h.0.attn.head.0.scores"})
	r.Expect("tokens", len(r.S.Tokens), 7)
	for broken := range 5 { // more often than an engine may die
		e := lose(r)
		r.Send(served.Tried{Try: 3}, served.Tried{Try: 4}, Waited{}, Waited{})
		sees(r, "try 4", true)
		r.Expect("the phase", r.S.Phase, Loading).Expect("the problem", r.S.Problem == nil, true)
		r.Expect("the text", r.S.Text, "CABBAC").Expect("what was written", len(r.S.Generated), 1)
		r.Expect("numbers that are there", len(r.S.Tokens), 7)
		find(r, e)
		r.Expect("the phase again", r.S.Phase, Ready).Expect("the panel", r.S.Panel, "h.0.attn.head.0.scores")
		r.Expect("the notice", r.S.Notice, "The program is here again. Your text is still here.")
		r.Expect("restarts", apptest.Count[RestartWorker](r), broken+1).Expect("tokens again", len(r.S.Tokens), 7)
		sees(r, `id="served"`, false)
	}
	e := lose(r)
	r.Send(ResetPressed{}).Text("CAB")
	find(r, e)
	r.Expect("what was typed meanwhile", r.S.Text, "CAB").Expect("its tokens", len(r.S.Tokens), 3)
}

func TestARefusalIsToldAndTriedAgain(t *testing.T) {
	r := opened(t).Text("CAB")
	e := lose(r)
	r.Send(served.Refused{Reason: "Another page is open."})
	r.Expect("the phase", r.S.Phase, Failed).Expect("the problem", r.S.Problem.Detail, "Another page is open. Your text is still here.")
	sees(r, `id="served"`, false)
	sees(r, `id="retry"`, true)
	r.Mail = nil
	r.Send(RetryPressed{})
	find(r, e)
	r.Expect("the phase then", r.S.Phase, Ready).Expect("the text", r.S.Text, "CAB").Expect("tokens", len(r.S.Tokens), 3)
}

func TestAProgramWithAnotherModelIsNoneToGoOnWith(t *testing.T) {
	r := opened(t).Text("CAB")
	_, hello := holding(t)
	hello.Name, hello.Inspected.Config.Blocks = "other.gguf", 7
	lose(r)
	r.Send(served.Greeted{Hello: hello})
	r.Expect("the phase", r.S.Phase, Failed).Expect("the text", r.S.Text, "CAB")
	r.Expect("the problem", strings.Contains(r.S.Problem.Detail, "other.gguf"), true)
	r.Slow, r.Mail = false, nil
	r.Send(WorkerStarted{})
	r.Expect("the phase after it began", r.S.Phase, Failed)
}
