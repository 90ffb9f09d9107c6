package address

import (
	"errors"

	"glassbox/web/say"
)

// Form is how a text is read by a model that brings its tokenizer, as in engine.Run.
type Form string

// As the files say; without the tokens of its start and end; as a conversation.
const (
	FormText Form = ""
	FormBare Form = "bare"
	FormChat Form = "chat"
)

func (f Form) check() error {
	switch f {
	case FormText, FormBare, FormChat:
		return nil
	}
	return errors.New(say.Address.NoForm(quoted(string(f)), string(FormBare), string(FormChat)))
}
