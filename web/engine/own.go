package engine

import (
	"errors"
	"strings"

	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/foreign"
	"glassbox/model/fault"
	"glassbox/tokenizer"
	"glassbox/tokenizer/chat"
	"glassbox/tokenizer/published"
)

// own is the tokenizer that the files of a model bring.
type own struct {
	published.Tokenizer
	chat  chat.Chat
	chats bool // the chat template is one that is known
}

// The forms in which a text is read by a model that brings its tokenizer.
const (
	FormText = ""     // as the file says, with the tokens of its start and end
	FormBare = "bare" // without them
	FormChat = "chat" // as a conversation, in the form of the file's template
)

// brings reports whether one of the files is a tokenizer, or has one.
func brings(i *checkpoint.Inspection) bool {
	if i.GGUF != nil {
		return i.GGUF.Has("tokenizer.ggml.model")
	}
	has := map[string]bool{}
	for _, m := range i.Members {
		has[string(m.Role)] = true
	}
	return has[string(foreign.Tokenizer)] || has[string(foreign.Vocabulary)] && has[string(foreign.Merges)]
}

// ownOf returns the tokenizer of a model's files; nil if there is none. note says why there is one, but none that can be used.
func ownOf(i *checkpoint.Imported) (o *own, note *fault.Fault) {
	t, err := i.Tokenizer()
	switch unknown := (*published.UnknownError)(nil); {
	case err == nil && t == nil:
		return nil, nil
	case errors.As(err, &unknown):
		return nil, unknown.Fault()
	case err != nil:
		return nil, fault.New("tokenizerUnread", "The tokenizer of the file can't be read: %w. Its tokens are shown as ids.", fault.Of(err))
	}
	if V := i.Model.Config.Vocab; t.Encoding.Vocab() > V {
		return nil, fault.New("tokenizerTooLarge", "The tokenizer of the file has %d token(s), and the model %d: it belongs to another model. Tokens are shown as ids.", t.Encoding.Vocab(), V)
	}
	o = &own{Tokenizer: *t}
	o.chat, o.chats = chat.Of(t.Template)
	return o, nil
}

// tokens returns the tokens of a text in a form.
func (o *own) tokens(text, form string) ([]Token, error) {
	if form == FormChat && o.chats {
		return o.conversation(text)
	}
	pieces, err := o.Encoding.Encode(text)
	if err != nil {
		return nil, err
	}
	if form != FormBare {
		pieces = o.Specials.Frame(pieces, len(text))
	}
	return o.shown(pieces, 0), nil
}

// shown returns tokens as they are shown, those of a text that begins at byte at of the reader's.
func (o *own) shown(pieces []tokenizer.Token, at int) (list []Token) {
	for _, p := range pieces {
		list = append(list, Token{ID: p.ID, Start: at + p.Start, End: at + p.End, Text: o.word(p.ID), Control: o.Encoding.KindOf(p.ID) == tokenizer.Control})
	}
	return list
}

// word returns how a token is shown.
func (o *own) word(id int) string {
	piece, ok := o.Encoding.Piece(id)
	if !ok {
		return ""
	}
	return tokenizer.Visible(piece)
}

// conversation returns the tokens of a conversation that ends where the model answers. What the template adds covers none
// of the reader's text.
func (o *own) conversation(text string) (list []Token, err error) {
	turns := Turns(text)
	next, from := turns, 0 // what of them was not said yet, and where that stands in the reader's text
	for _, p := range o.chat.Render(turns, true) {
		if p.Token != "" {
			if id, ok := o.control(p.Token); ok {
				list = append(list, Token{ID: id, Start: from, End: from, Text: o.word(id), Control: true})
			}
			continue
		}
		pieces, err := o.Encoding.Encode(p.Text)
		if err != nil {
			return nil, err
		}
		words := saidIn(p.Text, text, &next, from)
		for _, t := range o.shown(pieces, words.start-words.at) {
			t.Start = min(max(t.Start, words.start), words.end)
			t.End = min(max(t.End, words.start), words.end)
			list = append(list, t)
		}
		from = words.end
	}
	return list, nil
}

// control returns the id of a control token.
func (o *own) control(token string) (id int, ok bool) {
	if token == chat.BOS {
		return o.Specials.BOS, o.Specials.BOS >= 0
	}
	return o.Encoding.ID(token)
}

// A stretch is the words of a turn: where they begin in a piece of a conversation, and from where to where they stand in the
// reader's text.
type stretch struct{ at, start, end int }

// saidIn finds the words of the next turn in a piece, and from byte from on in the reader's text. Without such words the
// piece covers nothing.
func saidIn(piece, text string, next *[]chat.Turn, from int) stretch {
	nothing := stretch{len(piece), from, from}
	if len(*next) == 0 {
		return nothing
	}
	t := (*next)[0]
	words, body := strings.TrimSpace(t.Text), strings.TrimRight(piece, " \n")
	start := strings.Index(text[from:], words)
	begun := strings.HasPrefix(piece, t.Role+"\n") || strings.HasPrefix(piece, "\n\n")
	if words == "" || !begun || start < 0 || !strings.HasSuffix(body, words) {
		return nothing
	}
	*next = (*next)[1:]
	return stretch{len(body) - len(words), from + start, from + start + len(words)}
}

// Turns cuts a text into the turns of a conversation: a line that begins with "user:", "assistant:" or "system:" begins one.
// A text without such a line is what the user says.
func Turns(text string) (turns []chat.Turn) {
	for line := range strings.Lines(text) {
		role, said := roleOf(line)
		if role == "" && len(turns) > 0 {
			turns[len(turns)-1].Text += line
			continue
		}
		if role == "" {
			role, said = "user", line
		}
		turns = append(turns, chat.Turn{Role: role, Text: said})
	}
	for i := range turns {
		turns[i].Text = strings.TrimRight(turns[i].Text, "\n")
	}
	return turns
}

// roleOf returns who speaks in a line, and what; no role: the line goes on with what stands before.
func roleOf(line string) (role, said string) {
	for _, role := range []string{"system", "user", "assistant"} {
		if said, ok := strings.CutPrefix(line, role+":"); ok {
			return role, strings.TrimPrefix(said, " ")
		}
	}
	return "", line
}
