package engine

import "glassbox/model/fault"

// DamagedReply returns the reply to a request to load a file that the page carries but can't
// unpack. The browser's own error ("failed to fetch") would mislead the reader: there is no
// network.
func DamagedReply(q Request) Reply {
	if q.Load != nil && q.Load.Name != "" {
		return refusal(q.ID, fault.New("modelDamaged", "The model %s in this page is damaged: it can't be unpacked. "+
			"Load the page again, or get a new copy of its file.", q.Load.Name))
	}
	return refusal(q.ID, fault.New("tableDamaged", "The table of the GPT-2 tokenizer in this page is damaged: it can't be unpacked. "+
		"Load the page again, or get a new copy of its file."))
}
