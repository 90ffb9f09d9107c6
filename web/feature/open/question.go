package open

import (
	"slices"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/model/fault"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// A Question is about something that files leave open: what is usual is taken, unless the reader says otherwise.
type Question struct {
	ID      string   // of its field
	Label   string   // what it is about
	Options []Option // to choose from; nil: a number is typed
	Usual   string   // the answer, where the reader gives none
	Wrong   string   // why the answer can't be; "": it can

	taken Fact     // what the model has, once it is there
	kinds []string // of the remarks that say that it is open
	get   func(a feature.FileAnswers) string
	set   func(a *feature.FileAnswers, answer string)
}

// An Option is an answer to a question.
type Option struct{ Value, Label string }

// asks returns a question whose answer is a field of the answers.
func asks(id, label, usual string, field func(a *feature.FileAnswers) *string, kinds ...string) Question {
	return Question{ID: id, Label: label, Usual: usual, kinds: kinds,
		get: func(a feature.FileAnswers) string { return *field(&a) },
		set: func(a *feature.FileAnswers, answer string) { *field(a) = answer }}
}

// Answer is what the reader said, or what is usual.
func (q Question) Answer(a feature.FileAnswers) string {
	if q.Options == nil { // an empty field is shown so
		return q.get(a)
	}
	return first(q.get(a), q.Usual)
}

// Answered returns answers with another one to the question. One that is not among the options changes nothing.
func (q Question) Answered(a feature.FileAnswers, answer string) feature.FileAnswers {
	if q.Options == nil || slices.ContainsFunc(q.Options, func(o Option) bool { return o.Value == answer }) {
		q.set(&a, answer)
	}
	return a
}

// questions lists what the files leave open, but for what their tokens stand for. c is the model as it was read, or as far as it is known.
func (o *State) questions(c model.Config) (list []Question) {
	for _, q := range []struct {
		open bool
		make func(c model.Config) Question
	}{
		{o.AsksHeads(), o.aboutHeads}, {o.AsksActivation(), o.aboutActivation}, {o.assumed("thetaAssumed"), o.aboutTheta}, {o.assumed("epsilonAssumed"), o.aboutEpsilon},
		{o.assumed("contextAssumed"), o.aboutContext}, {o.assumed("tiedAssumed"), o.aboutOutput}, {o.Known.Split != "", o.aboutSplit},
	} {
		if q.open && !o.Lacks() {
			list = append(list, q.make(c))
		}
	}
	return list
}

// assumed reports whether the headers leave something open, by the kind of the remark that says so.
func (o *State) assumed(kind string) bool {
	return slices.ContainsFunc(o.Known.Notes, func(n *fault.Fault) bool { return n.Kind == kind })
}

// aboutHeads asks how many heads a block has.
func (o *State) aboutHeads(c model.Config) Question {
	known := o.Known.Config
	q := Question{ID: "open-heads", Label: say.Open.AsksHeads(), Usual: strconv.Itoa(first(known.Heads, usualHeads(known))), kinds: []string{"headsAssumed", "headsAssumedLlama"}}
	q.get = func(a feature.FileAnswers) string { return feature.Choose(a.Heads == 0, "", strconv.Itoa(a.Heads)) }
	q.set = func(a *feature.FileAnswers, answer string) { a.Heads, _ = strconv.Atoi(answer) }
	for _, h := range HeadChoices(known) {
		q.Options = append(q.Options, Option{strconv.Itoa(h), say.Open.Heads(h, queriesOf(known)/h)})
	}
	if c.Heads > 0 {
		q.taken = Fact{say.Open.FactHeads(), say.Open.Heads(c.Heads, c.HeadSize())}
	}
	return q
}

// aboutActivation asks for the activation of the feed-forward networks.
func (o *State) aboutActivation(c model.Config) Question {
	q := asks("open-activation", say.Open.AsksActivation(), o.Known.Config.Activation.Name(), func(a *feature.FileAnswers) *string { return &a.Activation }, "activationAssumed", "siluAssumed")
	for _, a := range model.Activations() {
		q.Options = append(q.Options, Option{a.Name(), say.Open.Activation(a.Name())})
	}
	q.taken = Fact{say.Open.FactActivation(), say.Open.TakenActivation(c.Activation.Name())}
	return q
}

// aboutTheta asks how fast queries and keys turn.
func (o *State) aboutTheta(c model.Config) Question {
	q := asks("open-theta", say.Open.AsksTheta(), short(o.Known.Config.Rotary.Theta), func(a *feature.FileAnswers) *string { return &a.Theta }, "thetaAssumed")
	if o.Theta != "" && !model.ThetaFits(o.RopeTheta()) {
		q.Wrong = say.Open.WrongTheta()
	}
	q.taken = Fact{say.Open.FactTheta(), short(c.Rotary.Theta)}
	return q
}

// aboutEpsilon asks what norms add before they divide.
func (o *State) aboutEpsilon(c model.Config) Question {
	q := asks("open-epsilon", say.Open.AsksEpsilon(), short(float64(o.Known.Config.Epsilon)), func(a *feature.FileAnswers) *string { return &a.Epsilon }, "epsilonAssumed")
	if o.Epsilon != "" && !model.EpsilonFits(o.NormEpsilon()) {
		q.Wrong = say.Open.WrongEpsilon()
	}
	q.taken = Fact{say.Open.FactEpsilon(), short(float64(c.Epsilon))}
	return q
}

// aboutContext asks how long a text may be.
func (o *State) aboutContext(c model.Config) Question {
	q := asks("open-context", say.Open.AsksContext(), strconv.Itoa(o.Known.Config.Context), func(a *feature.FileAnswers) *string { return &a.Context }, "contextAssumed")
	if o.Context != "" && !model.ContextFits(o.MostTokens()) {
		q.Wrong = say.Open.WrongContext(model.MaxContext)
	}
	q.taken = Fact{say.Open.FactContext(), say.Open.TakenContext(c.Context)}
	return q
}

// aboutOutput asks whether the output is the token embedding again. If it is not, a file is missing.
func (o *State) aboutOutput(model.Config) Question {
	q := asks("open-tied", say.Open.AsksTied(), "yes", func(a *feature.FileAnswers) *string { return &a.Tied }, "tiedAssumed")
	q.Options = []Option{{"yes", say.Open.Tied("yes")}, {"no", say.Open.Tied("no")}}
	if o.Tied == "no" {
		q.Wrong = say.Open.WrongTied()
	}
	q.taken = Fact{say.Open.FactTied(), say.Open.TakenTied()}
	return q
}

// aboutSplit asks how a text is cut into words.
func (o *State) aboutSplit(model.Config) Question {
	q := asks("open-split", say.Open.AsksSplit(), o.Known.Split, func(a *feature.FileAnswers) *string { return &a.Split }, "preAssumed")
	for _, s := range engine.Splits() {
		q.Options = append(q.Options, Option{s, say.Open.Split(s)})
	}
	q.taken = Fact{say.Open.FactSplit(), say.Open.TakenSplit(first(o.Cutter, o.Known.Split))}
	return q
}

// keepSplit remembers how a text is cut, where only the whole of the files has told that it is assumed.
func (o *State) keepSplit() {
	if slices.ContainsFunc(o.Notes, func(n *fault.Fault) bool { return n.Kind == "preAssumed" }) {
		o.Known.Split = o.Cutter
	}
}

// short writes a number as configurations have it: 10000, 1e-5.
func short(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'g', -1, 32), "e-0", "e-", 1)
}

// wrong says why one of the answers can't be; "": all can.
func (o *State) wrong() string {
	for _, q := range o.questions(o.Known.Config) {
		if q.Wrong != "" {
			return q.Wrong
		}
	}
	return ""
}

// sentences words remarks about files, but for those of which questions speak.
func sentences(notes []*fault.Fault, questions []Question) (list []string) {
	for _, n := range notes {
		if !slices.ContainsFunc(questions, func(q Question) bool { return slices.Contains(q.kinds, n.Kind) }) {
			list = append(list, say.Fault(n))
		}
	}
	return list
}
