package open

import (
	"slices"

	"glassbox/model"
	"glassbox/model/fault"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// MostFiles is how many files of a folder are looked at.
const MostFiles = 200

// arrive takes files that the reader has picked or dropped: for the first ones of a model, or to those that are there.
func arrive(u *feature.Change, m Chosen) {
	m = m.harmless()
	reason := m.refusal()
	if m.Address != "" {
		cancel(u) // they belong to nothing that is on its way
	}
	switch o := Of(&u.State); {
	case o == nil && u.Phase != feature.Ready:
		u.Notice = say.Open.NoModelYet()
	case o == nil && reason != "":
		refuse(u, reason)
	case o == nil:
		begin(u, m)
	case reason != "":
		next := *o
		next.Said = reason
		memory.Set(&u.State, &next)
	case o.Step == Loads:
		next := *o
		next.Next = m.behind(o.Next)
		next.Said = say.Open.Waits(m.names())
		memory.Set(&u.State, &next)
	default:
		o.add(u, m)
	}
}

// harmless returns the same with names that can stand in a line.
func (m Chosen) harmless() Chosen {
	m.Files, m.Closed = slices.Clone(m.Files), slices.Clone(m.Closed)
	for i := range m.Files {
		m.Files[i].Name = say.Harmless(m.Files[i].Name)
	}
	for i := range m.Closed {
		m.Closed[i] = say.Harmless(m.Closed[i])
	}
	m.Folder, m.Licence = say.Harmless(m.Folder), say.Harmless(m.Licence)
	return m
}

// names lists the files.
func (m Chosen) names() (names []string) {
	for _, f := range m.Files {
		names = append(names, f.Name)
	}
	return names
}

// behind returns these files behind others that came before them.
func (m Chosen) behind(first *Chosen) *Chosen {
	if first != nil {
		m.Files = slices.Concat(first.Files, m.Files)
		m.Closed = slices.Concat(first.Closed, m.Closed)
	}
	return &m
}

// refusal says why the files are not even looked at; "": they are.
func (m Chosen) refusal() string {
	switch {
	case m.TooMany || len(m.Files) > MostFiles:
		if m.Folder == "" {
			return say.Open.TooMany(MostFiles)
		}
		return say.Open.FolderTooMany(m.Folder, MostFiles)
	case len(m.Files) == 0 && len(m.Closed) > 0:
		return say.Open.FolderShut(m.Closed[0])
	case len(m.Files) == 0:
		return say.Open.FolderEmpty(m.Folder)
	case len(m.Files) > 1:
		return ""
	case m.Files[0].Size == 0:
		return say.Open.Empty(m.Files[0].Name)
	}
	return ""
}

// begin looks at the first files. If a model of the reader's is open, they may belong to it.
func begin(u *feature.Change, m Chosen) {
	u.Stop()
	u.CloseCards("open")
	u.Problem = nil
	o := State{Closed: m.Closed}
	if s := u.Choice().Source; s != nil && !s.Held && m.Address == "" {
		o.Source = s
	}
	o.File, o.Origin = m.Files[0], m.Origin
	if o.Folder = m.Folder; m.Folder != "" {
		o.Name = m.Folder
	}
	if o.Source != nil {
		o.Files = without(o.Source.Files, m.Files)
	}
	o.Held = len(o.Files)
	o.Files = slices.Concat(o.Files, m.Files)
	o.look(u)
}

// without returns files but for those that are there again.
func without(files, again []feature.File) (list []feature.File) {
	for _, f := range files {
		if !slices.ContainsFunc(again, func(a feature.File) bool { return a.Name == f.Name && a.Size == f.Size }) {
			list = append(list, f)
		}
	}
	return list
}

// add looks at files that came to those that are on their way.
func (o *State) add(u *feature.Change, m Chosen) {
	if o.Step == Reads {
		u.Do(StopReading{})
	}
	next := *o
	next.Said = ""
	next.Closed = slices.Concat(o.Closed, m.Closed)
	held := o.Files
	if o.Step == Looks { // those that are looked at came just before
		held = o.Files[:o.Held]
		m.Files = slices.Concat(without(o.Files[o.Held:], m.Files), m.Files)
	} else {
		next.Before, next.Source = o, nil
	}
	held = without(held, m.Files)
	next.Held, next.Files = len(held), slices.Concat(held, m.Files)
	next.look(u)
}

// look has the engine look at the beginnings of the files.
func (o *State) look(u *feature.Change) {
	o.Step = Looks
	memory.Set(&u.State, o)
	u.Do(ReadHead{o.Files, o.Held, o.Source != nil, u.Reserve(forFile)})
}

// inspected asks for what the headers leave open, or goes on without a question.
func inspected(u *feature.Change, o State, i engine.Inspected) {
	switch {
	case i.Took == engine.TookHeld && o.Before != nil:
		o.fail(u, worded(i.Refused))
		return
	case i.Took == engine.TookNew:
		if o.Before != nil {
			o.Said = say.Open.Replaced(o.Before.Name, worded(i.Refused))
		}
		o.Files, o.Before, o.Source = o.Files[o.Held:], nil, nil
	}
	number := o.Files[0].Number
	asked := o.asked()
	if asked != nil {
		number = asked.Number
	}
	if i.Name != "" && o.Address == "" && !(feature.Nameless(i.Name) && o.Folder != "") { // from elsewhere, whoever put it there has named it
		o.Name = i.Name
	}
	o.File = feature.File{Number: number, Name: o.Name}
	o.Known, o.Step, o.Held = i, Asks, 0
	if reason := o.measure(); reason != "" {
		o.fail(u, reason)
		return
	}
	o.answer(asked)
	o.Before, o.Source = nil, nil
	if memory.Set(&u.State, &o); !o.Lacks() && !o.mustAsk() && o.Said == "" && !o.Remote() {
		read(u, o)
	}
}

// asked returns the files to which others came, with what the reader said about them; nil: there are none.
func (o *State) asked() *feature.FileSource {
	if o.Before != nil {
		return &o.Before.FileSource
	}
	return o.Source
}

// measure adds up what is read of the files. It says why that is too much; "": it is not.
func (o *State) measure() string {
	for _, f := range o.Load().Files {
		o.Size += f.Bytes
	}
	if n := o.Size + o.Known.Beside; n > engine.PageMemory {
		return tooLarge(o.Name, o.Known.Config, n)
	}
	return ""
}

// answer takes for what the files leave open what the reader said before, or else what is usual.
func (o *State) answer(before *feature.FileSource) {
	c := o.Known.Config
	o.FileAnswers = feature.FileAnswers{Heads: c.Heads, Words: o.Known.Words}
	said := feature.FileAnswers{}
	if before != nil && before.Known.Config.Width == c.Width && before.Known.Config.Vocab == c.Vocab {
		said = before.FileAnswers
	}
	for _, q := range o.questions(c) {
		q.set(&o.FileAnswers, first(q.get(said), q.get(o.FileAnswers), q.Usual))
	}
	if o.AsksWords() {
		usual := "letters"
		switch {
		case c.Family != model.FamilyGPT2:
			usual = "numbers"
		case c.Vocab >= feature.GPT2Vocab:
			usual = "gpt2"
		}
		o.Words, o.Alphabet = first(said.Words, o.Words, usual), said.Alphabet
	}
}

// first returns the first of some values that is not zero.
func first[T comparable](list ...T) (zero T) {
	for _, v := range list {
		if v != zero {
			return v
		}
	}
	return zero
}

// Lacks reports whether weights are missing.
func (o *State) Lacks() bool { return len(o.Known.Missing) > 0 }

// fail says why files are not opened. Those to which they came go on as they were.
func (o *State) fail(u *feature.Change, reason string) {
	if o.Before == nil {
		refuse(u, reason)
		return
	}
	before := *o.Before
	before.Said = say.Open.NotAdded(reason)
	if memory.Set(&u.State, &before); before.Step == Reads {
		read(u, before)
		return
	}
	u.Drop(forFile)
}

// unread says that the files that came in the meantime were not looked at; "": there are none.
func (o *State) unread() string {
	if o.Next == nil {
		return ""
	}
	return " " + say.Open.NotLooked(o.Next.names())
}

// worded says a fault as a sentence; "": there is none.
func worded(f *fault.Fault) string {
	if f == nil {
		return ""
	}
	return say.Fault(f)
}
