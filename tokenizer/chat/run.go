package chat

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A trial is a run of a template on a conversation that is made up. It knows the few expressions that published templates have;
// at any other it is strange, and what it has written counts for nothing.
type trial struct {
	texts map[string]string
	flags map[string]bool
	lists map[string][]Turn

	run   []Turn // what the loop runs through; nil: there is none
	at    int    // the place in it
	last  int    // ns.last_query_index
	date  string // what was set as today's date, if it was
	out   strings.Builder
	weird bool // something stands in it that is not known
}

// bosMark is what a trial writes for the start token.
const bosMark = "\x00"

// try runs a template. It returns false if anything is not known that this run depends on.
func try(template []node, turns []Turn, addGenerationPrompt bool) (written, date string, ok bool) {
	t := &trial{
		texts: map[string]string{"bos_token": bosMark},
		flags: map[string]bool{"add_generation_prompt": addGenerationPrompt, "tools": false, "documents": false}, // transformers gives all of them
		lists: map[string][]Turn{"messages": turns},
		last:  -1,
	}
	t.do(template)
	return t.out.String(), t.date, !t.weird
}

// strange says that something is not known.
func (t *trial) strange() { t.weird = true }

// do runs statements.
func (t *trial) do(list []node) {
	for _, n := range list {
		switch {
		case t.weird:
			return
		case n.does == writes:
			t.out.WriteString(t.value(n.text))
		case n.does == sets:
			t.set(n.text)
		case n.does == loops:
			t.loop(n)
		case t.holds(n.text, 0):
			t.do(n.body)
		default:
			t.do(n.other)
		}
	}
}

// lastQuery is how Qwen3's template looks for the last question: see [lastQuestion].
const lastQuery = "set index=(messages|length-1)-loop.index0\n" +
	`if ns.multi_step_tool and message.role=="user"and not(message.content.startswith("<tool_response>")and message.content.endswith("</tool_response>"))` +
	"\nset ns.multi_step_tool=false\nset ns.last_query_index=index\nendif"

// loop runs through the messages. What is set within holds as far as to the next one.
func (t *trial) loop(n node) {
	over, ofMessages := strings.CutPrefix(n.text, "message in ")
	if over == "messages[::-1]" && strings.Replace(n.source, "message.content is string and ", "", 1) == lastQuery {
		t.last = lastQuestion(t.lists["messages"])
		return
	}
	list, ok := t.list(over)
	if !ok || !ofMessages || t.run != nil {
		t.strange()
		return
	}
	texts, flags, lists := t.texts, t.flags, t.lists
	t.run = list
	for t.at = range list {
		t.texts, t.flags, t.lists = maps.Clone(texts), maps.Clone(flags), maps.Clone(lists)
		t.do(n.body)
	}
	t.run, t.texts, t.flags, t.lists = nil, texts, flags, lists
}

// list returns a list of turns.
func (t *trial) list(text string) (list []Turn, known bool) {
	name, later := strings.CutSuffix(text, "[1:]")
	if list, known = t.lists[name]; later && len(list) > 0 {
		list = list[1:]
	}
	return list, known
}

// set gives a name a value.
func (t *trial) set(text string) {
	name, value, _ := strings.Cut(text, "=")
	list, isList := t.list(value)
	switch {
	case text == "tools=none", text == "ns=namespace(multi_step_tool=true,last_query_index=messages|length-1)":
	case wordLength(name) != len(name) || name == "message" || name == "loop" || name == "tools":
		t.strange()
	case isList:
		t.lists[name] = list
	case value == "true" || value == "false":
		t.flags[name] = value == "true"
	default:
		t.texts[name] = t.value(value)
		if name == "date_string" {
			t.date = t.texts[name]
		}
	}
}

// mostText is the length of the longest text that a trial makes, in bytes.
const mostText = 1 << 13

// value returns what an expression says: texts, one behind the other.
func (t *trial) value(expression string) (text string) {
	for _, part := range split(expression, "+") {
		text += t.term(part)
	}
	if len(text) > mostText {
		t.strange()
		return ""
	}
	return text
}

// term returns what a part of an expression says: a text, and what is done to it.
func (t *trial) term(text string) (value string) {
	first, _ := t.list("messages")
	if quoted, err := strconv.QuotedPrefix(text); err == nil {
		value, _ = strconv.Unquote(quoted)
		text = text[len(quoted):]
	} else if rest, ok := strings.CutPrefix(text, "message.content"); ok && t.run != nil {
		value, text = t.run[t.at].Text, rest
	} else if rest, ok := strings.CutPrefix(text, "message.role"); ok && t.run != nil {
		value, text = t.run[t.at].Role, rest
	} else if rest, ok := strings.CutPrefix(text, "messages[0].content"); ok && len(first) > 0 {
		value, text = first[0].Text, rest
	} else {
		n := min(wordLength(text), len(text))
		if value, ok = t.texts[text[:n]]; !ok {
			t.strange()
		}
		text = text[n:]
	}
	for text != "" && !t.weird {
		value, text = t.filtered(value, text)
	}
	return value
}

// filtered does to a text what an expression goes on with, and returns what of the expression is left.
func (t *trial) filtered(value, text string) (filtered, rest string) {
	between := func(sep string) []string { return strings.Split(value, sep) }
	for _, filter := range []struct {
		name string
		does func() string
	}{
		{"|trim", func() string { return strings.TrimSpace(value) }},
		{".strip()", func() string { return strings.TrimSpace(value) }},
		{`.strip("\n")`, func() string { return strings.Trim(value, "\n") }},
		{`.lstrip("\n")`, func() string { return strings.TrimLeft(value, "\n") }},
		{`.rstrip("\n")`, func() string { return strings.TrimRight(value, "\n") }},
		{`.split("</think>")[0]`, func() string { return between("</think>")[0] }},
		{`.split("</think>")[-1]`, func() string { return between("</think>")[strings.Count(value, "</think>")] }},
		{`.split("<think>")[-1]`, func() string { return between("<think>")[strings.Count(value, "<think>")] }},
	} {
		if rest, ok := strings.CutPrefix(text, filter.name); ok {
			return filter.does(), rest
		}
	}
	t.strange()
	return "", ""
}

// mostDeep is how many conditions may stand in one another.
const mostDeep = 16

// holds reports whether a condition is met. Where one that stands on the left decides, what stands on the right need not be known.
func (t *trial) holds(condition string, deep int) bool {
	if deep > mostDeep || t.weird {
		t.strange()
		return false
	}
	if any := split(condition, "or"); len(any) > 1 {
		return slices.ContainsFunc(any, func(c string) bool { return t.holds(c, deep+1) })
	}
	if all := split(condition, "and"); len(all) > 1 {
		return !slices.ContainsFunc(all, func(c string) bool { return !t.holds(c, deep+1) })
	}
	if rest, not := strings.CutPrefix(condition, "not"); not && (strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, "(")) {
		return !t.holds(strings.TrimSpace(rest), deep+1)
	}
	if inside, ok := strings.CutPrefix(condition, "("); ok && closing(condition) == len(condition)-1 {
		return t.holds(inside[:len(inside)-1], deep+1)
	}
	return t.fact(condition)
}

// absent are things that a plain conversation does not have.
var absent = strings.Fields(`custom_tools builtin_tools tools_in_user_message enable_thinking strftime_now date_string
	message.tool_calls message.reasoning_content`)

// fact reports whether a condition is met that has no other within.
func (t *trial) fact(text string) bool {
	name, defined := strings.CutSuffix(text, " is defined")
	flag, isFlag := t.flags[name]
	value, isText := t.texts[name]
	switch {
	case isFlag:
		return flag || defined
	case isText && (defined || name == "reasoning_content"):
		return defined || value != ""
	case slices.Contains(absent, name), text == "tools is not none", text == `"tool_calls"in message`, text == "message.reasoning_content is string":
		return false
	case text == "tools is none", text == "message.content is string":
		return true
	case text == `"</think>"in content`, text == `"</think>"in message.content`:
		return strings.Contains(t.term(text[len(`"</think>"in `):]), "</think>")
	case strings.HasPrefix(text, "loop."):
		return t.place(text)
	}
	return t.speaker(text)
}

// place reports whether a condition about the place of a message is met.
func (t *trial) place(text string) bool {
	switch {
	case t.run == nil:
	case text == "loop.first", text == "loop.index0==0":
		return t.at == 0
	case text == "loop.last":
		return t.at == len(t.run)-1
	case text == "loop.index0>ns.last_query_index" && t.last >= 0:
		return t.at > t.last
	}
	t.strange()
	return false
}

// speaker reports whether a message is that of a role, or is not.
func (t *trial) speaker(text string) bool {
	who, role, is := strings.Cut(text, "==")
	if !is {
		who, role, _ = strings.Cut(text, "!=")
	}
	role, err := strconv.Unquote(role)
	messages := t.lists["messages"]
	switch {
	case err != nil:
	case who == "message.role" && t.run != nil:
		return (t.run[t.at].Role == role) == is
	case who == "messages[0].role" && len(messages) > 0:
		return (messages[0].Role == role) == is
	case who == "messages[-1].role" && len(messages) > 0:
		return (messages[len(messages)-1].Role == role) == is
	}
	t.strange()
	return false
}

// split cuts an expression at a word or a sign that stands outside of texts and brackets.
func split(text, at string) (parts []string) {
	from, deep := 0, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			quoted, _ := strconv.QuotedPrefix(text[i:]) // spelled has written it
			i += max(len(quoted), 1) - 1
		case strings.IndexByte("([{", c) >= 0:
			deep++
		case strings.IndexByte(")]}", c) >= 0:
			deep--
		case deep == 0 && strings.HasPrefix(text[i:], at) && stands(text, i, i+len(at)):
			parts = append(parts, strings.TrimSpace(text[from:i]))
			from = i + len(at)
			i = from - 1
		}
	}
	return append(parts, strings.TrimSpace(text[from:]))
}

// stands reports whether what stands between two places of a text is a sign, or a word of its own.
func stands(text string, from, to int) bool {
	return !isName(text[from]) || (from == 0 || !isName(text[from-1])) && (to == len(text) || !isName(text[to]))
}

// closing returns where the bracket is closed that a text begins with; -1: nowhere.
func closing(text string) int {
	deep := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			quoted, _ := strconv.QuotedPrefix(text[i:])
			i += max(len(quoted), 1) - 1
		case '(':
			deep++
		case ')':
			if deep--; deep == 0 {
				return i
			}
		}
	}
	return -1
}
