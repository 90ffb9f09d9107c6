package engine

import "fmt"

// DamagedReply returns the reply to a request to load a file that the page carries but can't
// unpack. The browser's own error ("failed to fetch") would mislead the reader: there is no
// network.
func DamagedReply(q Request) Reply {
	what := "The table of the GPT-2 tokenizer"
	if q.Load != nil && q.Load.Name != "" {
		what = fmt.Sprintf("The model %s", q.Load.Name)
	}
	return Reply{ID: q.ID, Error: fmt.Sprintf("%s in this page is damaged: it can't be unpacked. "+
		"Load the page again, or get a new copy of its file.", what)}
}
