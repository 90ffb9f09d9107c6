package edits

import (
	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// A textField is where a reader types the other text from whose run an edit takes its numbers.
type textField struct {
	For     int    // the edit of the list, counted from 1; 0: none
	Typed   string // what stands in it
	Problem string // why that can't be taken
	ids     []int  // of its tokens; nil: not known

	asked, told string // the texts whose tokens were asked for, and told, last
}

// forTokens is what the engine is asked for.
const forTokens feature.Purpose = "edits.text"

func handleText(u *feature.Change, m feature.Msg) {
	t := Of(&u.State)
	switch m := m.(type) {
	case TextOpened:
		was := t.Text.For
		if t.Text = (textField{}); m.Index >= 0 && m.Index < len(u.Edits) && was != m.Index+1 {
			t.Text.For = m.Index + 1
			u.Do(feature.Focus{ID: textFocus})
		}
	case TextTyped:
		t.Text.Typed, t.Text.Problem, t.Text.ids = u.Spelled(m.Text), "", nil
	case TextTaken:
		takeText(u, t)
		return
	}
	memory.Set(&u.State, t)
}

// takeText has the edit take its numbers from the run of that text.
func takeText(u *feature.Change, t State) {
	i := t.Text.For - 1
	if i < 0 || i >= len(u.Edits) || t.Text.ids == nil {
		return
	}
	if spec, ok := respelled(&u.State, u.Edits[i].Spec, model.Edit{Do: model.ActFrom, From: t.Text.ids}); ok {
		handle(u, Replaced{i, spec})
	}
}

// askTokens asks for the tokens of the text that is typed.
func askTokens(u *feature.Change) {
	t := Of(&u.State)
	f := &t.Text
	if f.For == 0 || f.Typed == "" || f.told == f.Typed || u.Phase != feature.Ready || u.Suspended() || u.Waits(forTokens) {
		return
	}
	q := engine.Tokenize{Text: f.Typed}
	switch {
	case u.ReadsOwn():
		q.Tokenizer = "own"
	case u.Config.Alphabet != "":
		q.Tokenizer, q.Alphabet = "letters", u.Config.Alphabet
	case u.ReadsGPT2():
		q.Tokenizer = "gpt2"
	default:
		f.told, f.ids, f.Problem = f.Typed, nil, say.Edits.NoText()
		memory.Set(&u.State, t)
		return
	}
	f.asked = f.Typed
	memory.Set(&u.State, t)
	u.Ask(forTokens, engine.Request{Tokenize: &q})
}

// takeTokens takes over the tokens of the text, or says why the edit can't take its numbers from it.
func takeTokens(u *feature.Change, r engine.Reply) {
	t := Of(&u.State)
	f := &t.Text
	if f.For == 0 || f.asked == "" {
		return
	}
	if f.told = f.asked; f.asked != f.Typed {
		memory.Set(&u.State, t)
		return
	}
	f.ids, f.Problem = nil, r.Error
	if r.Tokenized != nil {
		var ids []int
		for _, k := range u.Tokens {
			if !k.Added() || k.Generated {
				break
			}
			ids = append(ids, k.ID) // the tokenizer puts it before any text
		}
		for _, k := range r.Tokenized.Tokens {
			ids = append(ids, k.ID)
		}
		if f.ids = ids; len(ids) != len(u.Tokens) {
			f.ids, f.Problem = nil, say.Edits.OtherLength(len(ids), len(u.Tokens))
		}
	}
	memory.Set(&u.State, t)
}
