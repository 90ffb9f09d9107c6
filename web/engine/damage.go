package engine

import "fmt"

// Damaged answers a request to load a file that the page carries but can't unpack, with
// words for the reader. The browser's own ("failed to fetch") would speak of a network.
func Damaged(q Request) Reply {
	what := "The table of the GPT-2 tokenizer"
	if q.Load != nil && q.Load.Name != "" {
		what = fmt.Sprintf("The model %s", q.Load.Name)
	}
	return Reply{ID: q.ID, Error: fmt.Sprintf("%s in this page is damaged: it can't be unpacked. "+
		"Load the page again, or get a new copy of its file.", what)}
}
