// Package chat writes a conversation as a model was taught to read it. Published files say how in a template in the language
// Jinja. Here templates are recognised, those of ChatML (SmolLM2, Qwen2.5, Qwen3, …) and of Llama 3; a conversation is never
// written by running one.
package chat

import "strings"

// A Turn is what one side says. The roles that every template knows are "system", "user" and "assistant".
type Turn struct {
	Role, Text string
}

// A Piece is a part of a written conversation: a control token, or a text that is read as text, whatever it says.
type Piece struct {
	Token string // such as "<|im_end|>"; [BOS]; "": the piece is text
	Text  string
}

// BOS is the Token that stands for the start token of the file, whatever that is called.
const BOS = "bos_token"

// form is a way of writing conversations.
type form byte

const (
	chatML   form = iota
	thinking      // ChatML in which only the last answers keep what stands between <think> and </think>
	llama3
	llama31 // with a first turn of the system that tells dates
)

// Chat is how a template writes conversations.
type Chat struct {
	Date string // what the template gives as today's date, if it gives one: it may be changed

	form   form
	bos    bool   // the start token stands first
	trim   bool   // texts lose the spaces around them
	always bool   // the answer is always begun
	speaks bool   // the system has a turn also where a conversation gives it none
	system string // what it says then

	opening [2]string // of llama31: what the system says before the date, and behind it
}

// Name returns what the form is called: "ChatML" or "Llama 3".
func (c Chat) Name() string {
	if c.form >= llama3 {
		return "Llama 3"
	}
	return "ChatML"
}

// EndOfTurn returns the token that ends a turn.
func (c Chat) EndOfTurn() string {
	if c.form >= llama3 {
		return eotID
	}
	return imEnd
}

// The control tokens.
const (
	imStart, imEnd                = "<|im_start|>", "<|im_end|>"
	startHeader, endHeader, eotID = "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"
)

// writer collects pieces. Texts that follow one another are one piece, for they are read as one.
type writer []Piece

func (w *writer) token(token string) { *w = append(*w, Piece{Token: token}) }

func (w *writer) text(text string) {
	if last := len(*w) - 1; last >= 0 && (*w)[last].Token == "" {
		(*w)[last].Text += text
	} else if text != "" {
		*w = append(*w, Piece{Text: text})
	}
}

// Render writes a conversation. With addGenerationPrompt the answer of the assistant is begun.
func (c Chat) Render(turns []Turn, addGenerationPrompt bool) []Piece {
	w := writer{}
	if c.bos && (len(turns) > 0 || c.form != llama3) {
		w.token(BOS)
	}
	if c.form >= llama3 {
		c.renderLlama3(&w, turns)
	} else {
		c.renderChatML(&w, turns)
	}
	if addGenerationPrompt || c.always {
		c.begin(&w, "assistant")
	}
	return w
}

// begin begins a turn.
func (c Chat) begin(w *writer, role string) {
	if c.form >= llama3 {
		w.token(startHeader)
		w.text(role)
		w.token(endHeader)
		w.text("\n\n")
		return
	}
	w.token(imStart)
	w.text(role + "\n")
}

// end ends a turn.
func (c Chat) end(w *writer) {
	if w.token(c.EndOfTurn()); c.form < llama3 {
		w.text("\n")
	}
}

// say writes a turn.
func (c Chat) say(w *writer, role, text string) {
	if c.trim {
		text = strings.TrimSpace(text)
	}
	c.begin(w, role)
	w.text(text)
	c.end(w)
}

// renderLlama3 writes the turns of a conversation as Llama 3 does.
func (c Chat) renderLlama3(w *writer, turns []Turn) {
	if c.form == llama31 {
		system := ""
		if len(turns) > 0 && turns[0].Role == "system" {
			system, turns = strings.TrimSpace(turns[0].Text), turns[1:]
		}
		c.begin(w, "system")
		w.text(c.opening[0] + c.Date + c.opening[1] + system)
		c.end(w)
	}
	for _, t := range turns {
		c.say(w, t.Role, t.Text)
	}
}

// renderChatML writes the turns of a conversation as ChatML does.
func (c Chat) renderChatML(w *writer, turns []Turn) {
	if c.speaks && len(turns) > 0 && turns[0].Role != "system" {
		c.say(w, "system", c.system)
	}
	last := lastQuestion(turns)
	for i, t := range turns {
		text := t.Text
		if c.form == thinking && t.Role == "assistant" {
			text = thought(text, i > last, i == len(turns)-1)
		}
		c.say(w, t.Role, text)
	}
}

// lastQuestion returns the place of the last turn of the user that is no answer of a tool; the last place if there is none.
func lastQuestion(turns []Turn) int {
	for i := len(turns) - 1; i >= 0; i-- {
		answered := strings.HasPrefix(turns[i].Text, "<tool_response>") && strings.HasSuffix(turns[i].Text, "</tool_response>")
		if turns[i].Role == "user" && !answered {
			return i
		}
	}
	return len(turns) - 1
}

// thought returns an answer as Qwen3's template writes it: with its thoughts behind the last question, else without.
func thought(text string, recent, last bool) string {
	answer, thoughts := text, ""
	if end := "</think>"; strings.Contains(text, end) {
		answer = strings.TrimLeft(text[strings.LastIndex(text, end)+len(end):], "\n")
		thoughts, _, _ = strings.Cut(text, end)
		thoughts = strings.TrimRight(thoughts, "\n")
		if start := "<think>"; strings.Contains(thoughts, start) {
			thoughts = thoughts[strings.LastIndex(thoughts, start)+len(start):]
		}
		thoughts = strings.TrimLeft(thoughts, "\n")
	}
	if !recent || !last && thoughts == "" {
		return answer
	}
	return "<think>\n" + strings.Trim(thoughts, "\n") + "\n</think>\n\n" + strings.TrimLeft(answer, "\n")
}
