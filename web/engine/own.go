package engine

import (
	"errors"

	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/foreign"
	"glassbox/model/fault"
	"glassbox/tokenizer"
	"glassbox/tokenizer/published"
)

// own is the tokenizer that the files of a model bring.
type own struct{ published.Tokenizer }

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

// ownOf returns the tokenizer of a model's files; nil if there is none. The notes say why there is one, but none that can be used,
// or what of it is odd.
func ownOf(i *checkpoint.Imported) (o *own, notes []*fault.Fault) {
	t, err := i.Tokenizer()
	switch unknown := (*published.UnknownError)(nil); {
	case err == nil && t == nil:
		return nil, nil
	case errors.As(err, &unknown):
		return nil, []*fault.Fault{unknown.Fault()}
	case err != nil:
		return nil, []*fault.Fault{fault.New("tokenizerUnread", "The tokenizer of the file can't be read: %w. Its tokens are shown as ids.", fault.Of(err))}
	}
	notes, fits := t.Fits(i.Model.Config.Vocab)
	if !fits {
		return nil, notes
	}
	return &own{*t}, notes
}

// tokens returns the tokens of a text in a form.
func (o *own) tokens(text, form string) (list []Token, err error) {
	if form == FormChat && o.Chats {
		err := o.Conversation(text, func(t tokenizer.Token, control bool) {
			list = append(list, Token{ID: t.ID, Start: t.Start, End: t.End, Text: o.word(t.ID), Control: control})
		})
		return list, err
	}
	pieces, err := o.Encoding.Encode(text)
	if err != nil {
		return nil, err
	}
	if form != FormBare {
		pieces = o.Specials.Frame(pieces, len(text))
	}
	return o.shown(pieces), nil
}

// shown returns tokens as they are shown.
func (o *own) shown(pieces []tokenizer.Token) (list []Token) {
	for _, p := range pieces {
		list = append(list, Token{ID: p.ID, Start: p.Start, End: p.End, Text: o.word(p.ID), Control: o.Encoding.KindOf(p.ID) == tokenizer.Control})
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
