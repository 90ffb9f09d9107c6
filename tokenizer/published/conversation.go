package published

import (
	"strings"

	"glassbox/tokenizer"
	"glassbox/tokenizer/chat"
)

// Conversation calls each with the tokens of a conversation that ends where the model answers, from left to right, and says of
// each whether it is a control token of the template. text holds the turns, see [chat.Turns]; what the template adds covers none of
// it. It returns the error of [tokenizer.BPE.Encode]. Only what Chats may be written so.
func (t *Tokenizer) Conversation(text string, each func(token tokenizer.Token, control bool)) error {
	turns := chat.Turns(text)
	next, from := turns, 0 // what of them was not said yet, and where that stands in the text
	for _, p := range t.Chat.Render(turns, true) {
		if p.Token != "" {
			if id, ok := t.control(p.Token); ok {
				each(tokenizer.Token{ID: id, Start: from, End: from}, true)
			}
			continue
		}
		pieces, err := t.Encoding.Encode(p.Text)
		if err != nil {
			return err
		}
		words := saidIn(p.Text, text, &next, from)
		for _, piece := range pieces {
			at := words.start - words.at // where the piece of the template would begin in the text
			piece.Start = min(max(piece.Start+at, words.start), words.end)
			piece.End = min(max(piece.End+at, words.start), words.end)
			each(piece, t.Encoding.KindOf(piece.ID) == tokenizer.Control)
		}
		from = words.end
	}
	return nil
}

// control returns the id of a control token.
func (t *Tokenizer) control(token string) (id int, ok bool) {
	if token == chat.BOS {
		return t.Specials.BOS, t.Specials.BOS >= 0
	}
	return t.Encoding.ID(token)
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
