package chat

import "strings"

// Of returns how a template writes conversations. It recognises ChatML and Llama 3: the template is run on short conversations of all
// orders of roles, and must write what [Chat.Render] writes. The run knows the few expressions of published templates, and of
// these none that could be met by longer conversations or other texts alone. Where anything else stands in the way of a plain
// conversation, ok is false: what it would write is not guessed. What a template writes about tools is left out.
func Of(template string) (c Chat, ok bool) {
	if strings.Contains(template, bosMark) {
		return Chat{}, false
	}
	nodes, ok := nodesOf(template)
	if !ok {
		return Chat{}, false
	}
	opening, date, ok := try(nodes, []Turn{{"user", "?"}}, true)
	if !ok {
		return Chat{}, false
	}
	c, ok = opened(opening, date)
	if !ok {
		return Chat{}, false
	}
	candidates := c.candidates()
	for _, turns := range conversations() {
		for _, begun := range []bool{false, true} {
			written, _, ok := try(nodes, turns, begun)
			if !ok {
				return Chat{}, false
			}
			if candidates = writing(candidates, written, turns, begun); candidates == nil {
				return Chat{}, false
			}
		}
	}
	return candidates[0], true
}

// opened returns what is known of a template by what it writes for a single turn of the user.
func opened(text, date string) (c Chat, ok bool) {
	text, c.bos = strings.CutPrefix(text, bosMark)
	if said, ok := strings.CutPrefix(text, imStart+"system\n"); ok {
		c.system, _, c.speaks = strings.Cut(said, imEnd+"\n")
		return c, c.speaks && !strings.Contains(c.system, "<|")
	}
	if said, ok := strings.CutPrefix(text, startHeader+"system"+endHeader+"\n\n"); ok {
		said, _, _ := strings.Cut(said, eotID)
		before, after, dated := strings.Cut(said, date)
		c.form, c.Date, c.opening = llama31, date, [2]string{before, after}
		return c, dated && date != "" && !strings.Contains(after, date) && !strings.Contains(said, "<|")
	}
	if strings.HasPrefix(text, startHeader) {
		c.form = llama3
	}
	return c, true
}

// candidates lists the ways of writing that open so.
func (c Chat) candidates() (list []Chat) {
	forms := []form{c.form}
	if c.form == chatML {
		forms = append(forms, thinking)
	}
	for _, c.form = range forms {
		for _, c.trim = range []bool{false, true} {
			for _, c.always = range []bool{false, true} {
				list = append(list, c)
			}
		}
	}
	return list
}

// writing returns which of these write a conversation so.
func writing(list []Chat, text string, turns []Turn, begun bool) (left []Chat) {
	for _, c := range list {
		var b strings.Builder
		for _, p := range c.Render(turns, begun) {
			if p.Token == BOS {
				p.Token = bosMark
			}
			b.WriteString(p.Token + p.Text)
		}
		if b.String() == text {
			left = append(left, c)
		}
	}
	return left
}

// conversations lists those that a template is tried with: up to three turns of all roles, with and without thoughts. A template can
// only ask which is the first, the last, and the last question.
func conversations() (list [][]Turn) {
	texts := []map[string]string{
		{"system": " s\n", "user": "\n u ", "assistant": "\n\na "},
		{"system": "S", "user": "U", "assistant": "\n<think>\n\n T \n</think>\n\n A\n"},
		{"system": "S", "user": "U", "assistant": "<think>\n</think>x</think>B"},
	}
	for _, text := range texts {
		longer := [][]Turn{nil}
		for range 3 {
			var next [][]Turn
			for _, turns := range longer {
				for _, role := range []string{"system", "user", "assistant"} {
					next = append(next, append(turns[:len(turns):len(turns)], Turn{role, text[role]}))
				}
			}
			list, longer = append(list, next...), next
		}
	}
	return list
}
