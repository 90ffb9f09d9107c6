package chat

import (
	"strconv"
	"strings"
)

// Of returns how a template writes conversations. It recognises the published templates of ChatML and Llama 3 by all that they
// write; where one writes anything else, ok is false: what it would write is not guessed. What a template writes about
// tools is left out.
func Of(template string) (c Chat, ok bool) {
	list, ok := tags(template)
	if !ok {
		return Chat{}, false
	}
	r := recogniser{}
	for _, t := range list {
		if t.writes {
			r.writes(t.text)
		} else {
			r.does(t.text)
		}
	}
	return r.chat, r.turn && r.begun && !r.strange
}

// recogniser goes through the tags of a template.
type recogniser struct {
	chat    Chat
	blocks  []string // the conditions and loops around
	turn    bool     // a turn is written
	begun   bool     // an answer is begun
	strange bool     // something is written that is not known
}

// does looks at a tag that does something.
func (r *recogniser) does(text string) {
	n := wordLength(text + " ")
	rest := strings.TrimPrefix(text[min(n, len(text)):], " ")
	switch text[:min(n, len(text))] {
	case "if", "for":
		r.blocks = append(r.blocks, rest)
	case "elif", "else":
		if len(r.blocks) > 0 {
			r.blocks[len(r.blocks)-1] = rest
		}
	case "endif", "endfor":
		r.blocks = r.blocks[:max(len(r.blocks)-1, 0)]
	case "set":
		r.sets(rest)
	default:
		r.strange = true
	}
}

// sets looks at what is set.
func (r *recogniser) sets(text string) {
	name, value, _ := strings.Cut(text, "=")
	switch {
	case name == "date_string":
		if date, err := strconv.Unquote(value); err == nil {
			r.chat.Date = date
		}
	case name == "content" && (value == llamaTurn || value == llamaTurnTrimmed):
		r.llama(value)
	case name == "content" && value == "bos_token+content":
		r.chat.bos = true
	case name == "reasoning_content" && value == thoughtsOf, name == "content" && value == answerOf:
		r.chat.form = thinking
	case name == "content" && value != "message.content":
		r.strange = true
	}
}

// What templates write, in the spelling of package chat.
const (
	chatMLTurn        = `"<|im_start|>"+message.role+"\n"+message.content+"<|im_end|>\n"`
	chatMLTurnTrimmed = `"<|im_start|>"+message.role+"\n"+message.content|trim+"<|im_end|>\n"`
	chatMLSystem      = `"<|im_start|>system\n"+messages[0].content+"<|im_end|>\n"`
	chatMLAnswer      = `"<|im_start|>assistant\n"`

	llamaTurn        = `"<|start_header_id|>"+message.role+"<|end_header_id|>\n\n"+message.content+"<|eot_id|>"`
	llamaTurnTrimmed = `"<|start_header_id|>"+message.role+"<|end_header_id|>\n\n"+message.content|trim+"<|eot_id|>"`
	llamaAnswer      = `"<|start_header_id|>assistant<|end_header_id|>\n\n"`
	llamaSystem      = `"<|start_header_id|>system<|end_header_id|>\n\n"`

	thoughtsOf = `message.content.split("</think>")[0].rstrip("\n").split("<think>")[-1].lstrip("\n")`
	answerOf   = `message.content.split("</think>")[-1].lstrip("\n")`
)

// writes looks at a tag that writes.
func (r *recogniser) writes(text string) {
	switch {
	case r.aboutTools():
	case text == chatMLTurn, text == chatMLTurnTrimmed:
		r.turn, r.chat.trim = true, text == chatMLTurnTrimmed
	case text == llamaTurn, text == llamaTurnTrimmed:
		r.llama(text)
	case text == chatMLAnswer, text == llamaAnswer:
		r.begun = true
		r.chat.always = !r.within("add_generation_prompt")
	case text == "bos_token":
		r.chat.bos = true
	case text == llamaSystem && !r.turn:
		r.chat.form = llama31
	case r.chat.form == llama31 && r.opening(text):
	case text == chatMLSystem, text == "content" && r.turn:
	case r.within(`message.role=="assistant"`) && assistant[text]:
	default:
		r.system(text)
	}
}

// llama recognises a turn of Llama 3.
func (r *recogniser) llama(text string) {
	r.turn, r.chat.trim = true, text == llamaTurnTrimmed
	r.chat.form = max(r.chat.form, llama3)
}

// opening recognises what Llama 3.1 writes into the first turn of the system.
func (r *recogniser) opening(text string) bool {
	if strings.HasPrefix(text, `"Cutting Knowledge Date: `) {
		line, err := strconv.Unquote(text)
		r.chat.cutoff = line
		return err == nil
	}
	if before, after, found := strings.Cut(text, "+date_string+"); found {
		first, err := strconv.Unquote(before)
		second, err2 := strconv.Unquote(after)
		r.chat.today = [2]string{first, second}
		return err == nil && err2 == nil
	}
	return text == "system_message" || text == `"<|eot_id|>"`
}

// assistant lists what Qwen's templates write of the assistant's turns, piece by piece: see thought. Qwen2.5 does so only
// for calls of tools.
var assistant = map[string]bool{
	`"<|im_start|>"+message.role+"\n<think>\n"+reasoning_content.strip("\n")+"\n</think>\n\n"+content.lstrip("\n")`: true,
	`"<|im_start|>"+message.role+"\n"+content`: true,
	`"<|im_start|>"+message.role`:              true,
	`"\n"+message.content`:                     true,
	`"<|im_end|>\n"`:                           true,
}

// system recognises what is said for a system that says nothing.
func (r *recogniser) system(text string) {
	literal, err := strconv.Unquote(text)
	said, begins := strings.CutPrefix(literal, imStart+"system\n")
	said, ends := strings.CutSuffix(said, imEnd+"\n")
	if err != nil || !begins || !ends || strings.Contains(said, "<|") {
		r.strange = true
		return
	}
	r.chat.system, r.chat.speaks = said, true
}

// within reports whether one of the conditions around is met only where a text stands in it.
func (r *recogniser) within(condition string) bool {
	for _, block := range r.blocks {
		if block == condition {
			return true
		}
	}
	return false
}

// aboutTools reports whether what is written depends on tools: on a condition that asks for them, or that thinking is
// switched off.
func (r *recogniser) aboutTools() bool {
	for _, block := range r.blocks {
		switch {
		case block == "tools_in_user_message and not tools is none", block == "tools is not none and not tools_in_user_message",
			block == "tools is not none", strings.HasPrefix(block, "enable_thinking is defined and enable_thinking is false"):
			return true
		case strings.Contains(block, "tool") && !strings.Contains(block, "not"):
			return true
		}
	}
	return false
}
