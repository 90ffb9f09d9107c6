package quality

import (
	"fmt"
	"strings"

	"glassbox/model"
	"glassbox/scripts/train/corpus"
)

// A Writing is what the model writes after a prompt.
type Writing struct {
	Prompt    string
	Sampled   bool
	Text      string            // the continuation
	Tokens    int               // of the continuation, without the end of the document
	Ended     bool              // the model has ended the document
	Sentences []corpus.Sentence // those that the model has written, or ended
	Again     string            // the first 4-gram that stands three times within 60 tokens
	Verbatim  Share             // 12-grams that end in the continuation and stand in the training documents

	ids []int // of prompt and continuation
}

// minTokens is the number of tokens after which a writing ends with the next end of a sentence.
const minTokens = 60

// Accepted returns how many of the sentences are right.
func (w Writing) Accepted() (s Share) {
	for _, sentence := range w.Sentences {
		s.count(sentence.OK)
	}
	return s
}

// write lets the model go on from every prompt, once with the most likely tokens, once with drawn ones.
func (x *exam) write(m *model.Model, t *progress) (list []Writing, err error) {
	tr := model.NewTrace(m)
	for i, prompt := range x.prompts {
		for _, sampled := range []bool{false, true} {
			w, err := x.writeOn(tr, prompt, sampled)
			if err != nil {
				return nil, fmt.Errorf("going on from %q: %w", prompt, err)
			}
			list = append(list, w)
		}
		t.step("prompts", i+1, len(x.prompts))
	}
	return list, nil
}

// writeOn writes until the document ends, the first sentence ends after 60 tokens, or the context is full. A
// sentence that the context cuts short counts as one that breaks off.
func (x *exam) writeOn(tr *model.Trace, prompt string, sampled bool) (w Writing, err error) {
	w = Writing{Prompt: prompt, Sampled: sampled}
	if w.ids, err = x.encode(prompt); err != nil {
		return w, err
	}
	given := len(w.ids)
	for len(w.ids) < tr.Model.Config.Context {
		id, err := x.next(tr, w.ids, len(w.ids)-given, sampled)
		if err != nil {
			return w, err
		}
		if w.Ended = id == x.end; w.Ended {
			break
		}
		w.ids = append(w.ids, id)
		if w.Text, err = x.decode(w.ids[given:]); err != nil {
			return w, err
		}
		if len(w.ids)-given >= minTokens && sentenceEnds(prompt+w.Text) {
			break
		}
	}
	w.Tokens = len(w.ids) - given
	w.Sentences = judge(prompt, w.Text, x.check)
	if gram := findRepeat(w.ids[given:]); gram != nil {
		w.Again, err = x.decode(gram)
	}
	return w, err
}

// next returns the id that follows a text.
func (x *exam) next(tr *model.Trace, ids []int, draw int, sampled bool) (int, error) {
	if err := tr.Run(ids); err != nil {
		return 0, err
	}
	if !sampled {
		return tr.Find(model.PartOutput, model.OpUnembed).Ranked(len(ids)-1, 1)[0], nil // as Sample at temperature 0, and faster
	}
	set := x.sampling
	set.Draw = draw
	return tr.Sample(set)
}

// sentenceEnds reports whether a sentence surely ends here. After a quoted question somebody may still be
// said to have asked it.
func sentenceEnds(text string) bool {
	line := text[strings.LastIndexByte(text, '\n')+1:]
	if strings.Count(line, `"`)%2 == 1 {
		return false
	}
	for _, end := range []string{".", "?", "!", `."`} {
		if strings.HasSuffix(line, end) {
			return true
		}
	}
	return false
}

// judge returns the verdicts on the sentences that end in the continuation.
func judge(prompt, text string, check check) (list []corpus.Sentence) {
	all, at := prompt+text, 0
	for _, s := range check(all) {
		if i := strings.Index(all[at:], s.Text); i >= 0 {
			at += i + len(s.Text)
		}
		if at > len(prompt) {
			list = append(list, s)
		}
	}
	return list
}
