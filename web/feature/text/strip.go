package text

import (
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Strip holds the text that the model reads: a field to type in, the tokens that it
// comes to, what the model wrote and would write next, and the buttons that make it write.
type Strip struct{ Screen *feature.Screen }

// Wrong reports whether the text can't be run, which is said in place of the guide.
func (c *Strip) Wrong() bool { return c.Screen.State.TextError != "" }

// Guide returns what to do next.
func (c *Strip) Guide() string {
	s := c.Screen.State
	switch {
	case s.Guide != "":
		return s.Guide
	case s.Phase == feature.Starting || s.Phase == feature.Loading:
		return say.Text.Loading()
	}
	return feature.UnseenNote(*s)
}

// Words marks a strip whose text is made of words, for the style sheet: it needs more room.
func (c *Strip) Words() interface{} { return feature.Present(c.Screen.State.Ranks()) }

// DescribedBy names the element that helps with the field.
func (c *Strip) DescribedBy() string { return feature.Choose(c.Wrong(), "text-error", "guide") }

// Invalid marks the field.
func (c *Strip) Invalid() string { return feature.Choose(c.Wrong(), "true", "false") }

// Placeholder says which characters the model knows, as far as they can be listed.
func (c *Strip) Placeholder() string {
	alphabet := []rune(c.Screen.State.Config.Alphabet)
	if n := len(alphabet); n > 1 && n <= 4 {
		return say.Text.TypeLetters(strings.Join(strings.Split(string(alphabet[:n-1]), ""), ", "), string(alphabet[n-1]))
	}
	if f := c.Screen.State.Choice().Source; f != nil && f.Words == "numbers" {
		return say.Text.TypeIDs("0 1 2")
	}
	return say.Text.TypeText()
}

// Mirrored is the text of the reader as it stands under the field, where what the model adds goes on with it; the field is
// as high as both. One that is longer than the field ever gets scrolls by itself, and has nothing added.
func (c *Strip) Mirrored() string {
	if c.long() {
		return ""
	}
	return c.Screen.State.Text
}

// Long marks a field that scrolls by itself, for the style sheet.
func (c *Strip) Long() interface{} { return feature.Present(c.long()) }

func (c *Strip) long() bool { return len(c.Screen.State.Text) > mostMirrored }

// mostMirrored is the length of the longest text that is laid out twice, in bytes: more than a context holds of words.
const mostMirrored = 4096

// Continued is what the model wrote.
func (c *Strip) Continued() string {
	if c.long() {
		return ""
	}
	text, next := c.Screen.State.Continued(), c.next()
	if c.Screen.State.Form == engine.FormChat && text+next != "" {
		text = "\n" + text // the answer is another's
	}
	return text + next[:len(next)-len(strings.TrimLeft(next, " "))] // the space before what is expected is not underlined
}

// Expected is what it would write next.
func (c *Strip) Expected() string {
	return strings.TrimLeft(c.next(), " ")
}

func (c *Strip) next() string {
	if c.long() || !c.Predicts() || c.Screen.State.Text == "" || c.Wrong() {
		return ""
	}
	return run.Plain(c.Screen.State.Next.Text)
}

// Writes reports whether the model adds to a text of words, so that it is to be said who wrote what.
func (c *Strip) Writes() bool { return c.Screen.State.Ranks() }

// Tries reports whether there are other texts to try.
func (c *Strip) Tries() bool { return len(c.Texts()) > 0 }

// Texts are those.
func (c *Strip) Texts() []string { return c.Screen.State.Choice().Tries }

// Try begins with one.
func (c *Strip) Try(text string) { c.Screen.Send(feature.TextChosen{Text: text}) }

// A Form is one in which the text can be read.
type Form struct{ ID, Label, Hint string }

// Forms are those of the chosen model.
func (c *Strip) Forms() []Form {
	choice := c.Screen.State.Choice()
	list := []Form{{engine.FormText, say.Text.FormText(), say.Text.FormTextHint()}}
	if choice.Frames {
		list = append(list, Form{engine.FormBare, say.Text.FormBare(), say.Text.FormBareHint()})
	}
	if choice.Chat != "" {
		list = append(list, Form{engine.FormChat, say.Text.FormChat(), say.Text.FormChatHint(choice.Chat)})
	}
	return list
}

// HasForms reports whether there is a choice of them.
func (c *Strip) HasForms() bool { return len(c.Forms()) > 1 }

// FormPressed says whether the text is read in a form.
func (c *Strip) FormPressed(id string) string {
	return feature.Choose(c.Screen.State.Form == id, "true", "false")
}

// ChooseForm has it read so.
func (c *Strip) ChooseForm(id string) { c.Screen.Send(feature.FormChosen{Form: id}) }

// AddTurn makes the answer a part of the conversation, to reply to it.
func (c *Strip) AddTurn() { c.Screen.Send(feature.TurnAdded{}) }

// Typed takes over the field.
func (c *Strip) Typed(event vugu.DOMEvent) {
	c.Screen.Send(feature.PromptChanged{Text: event.PropString("target", "value")})
}

// Pressed lets Enter write the next token, unless it ends a composition of characters. With Shift it breaks the line.
func (c *Strip) Pressed(event vugu.DOMEvent) {
	if event.PropString("key") == "Enter" && !event.PropBool("isComposing") && !event.PropBool("shiftKey") {
		event.PreventDefault()
		c.Step()
	}
}

// Broken keeps an Enter that has written a token from breaking the line as well, where a browser sends it as a character
// all the same.
func (c *Strip) Broken(event vugu.DOMEvent) {
	if event.PropString("key") == "Enter" && !event.PropBool("shiftKey") {
		event.PreventDefault()
	}
}

// HasLast reports whether there is a last answer, drawn after the context was full.
func (c *Strip) HasLast() bool { return c.Screen.State.Last != nil }

// LastTitle says what is special about it.
func (c *Strip) LastTitle() string {
	return say.Text.LastToken(c.Screen.State.Config.Context)
}

// Predicts reports whether the next token is shown.
func (c *Strip) Predicts() bool { return c.Screen.State.Next != nil && !c.Screen.State.Muted }

// PredictedShare returns its probability as a percentage, written as everywhere.
func (c *Strip) PredictedShare() string {
	return say.PercentNumber(c.Screen.State.Next.Probability)
}

// PredictedTitle says it in words.
func (c *Strip) PredictedTitle() string {
	return say.Text.NextToken(say.Percent(c.Screen.State.Next.Probability))
}

// CanReset reports whether there is anything to remove.
func (c *Strip) CanReset() bool {
	return len(c.Screen.State.Generated) > 0 || c.Screen.State.Last != nil
}

// CanStep reports whether a token can be written, now or once the model is here.
func (c *Strip) CanStep() bool { return c.Screen.State.Next != nil || c.Screen.State.Coming() }

// CanPlay reports whether Play does anything: it writes, stops, or begins again.
func (c *Strip) CanPlay() bool { return c.Screen.State.Playing || c.CanStep() || c.CanReset() }

// Off marks a button that does nothing but say why.
func (c *Strip) Off(can bool) interface{} { return feature.Mark(!can, "true") }

// Why says it.
func (c *Strip) Why(can bool) interface{} {
	if can {
		return nil
	}
	return c.Screen.State.WhyNoStep()
}

// Reset removes what was written.
func (c *Strip) Reset() { c.Screen.Send(feature.ResetPressed{}) }

// Travels reports whether there has been anything to undo. A narrow window has the buttons
// for that here, for want of room in the header.
func (c *Strip) Travels() bool { return c.Screen.State.CanUndo || c.Screen.State.CanRedo }

// Undo takes the last change back.
func (c *Strip) Undo() { c.Screen.Send(feature.UndoPressed{}) }

// Redo makes it again.
func (c *Strip) Redo() { c.Screen.Send(feature.RedoPressed{}) }

// Step writes one token.
func (c *Strip) Step() { c.Screen.Send(feature.StepPressed{}) }

// Play starts or stops writing.
func (c *Strip) Play() { c.Screen.Send(feature.PlayPressed{}) }

// PlayIcon shows what a press does.
func (c *Strip) PlayIcon() string {
	return feature.Choose(c.Screen.State.Playing, "pause", "play")
}

// PlayLabel says it.
func (c *Strip) PlayLabel() string {
	return feature.Choose(c.Screen.State.Playing, say.Text.Pause(), say.Text.Play())
}

// Icon draws a picture of the shell.
func (c *Strip) Icon(name string) vugu.Builder { return &view.Icon{Name: name} }

// Trace goes to the probability of the next token, where a reader finds how it came about.
func (c *Strip) Trace() {
	if c.Screen.State.Traceable() != nil {
		c.Screen.Send(feature.TraceStarted{ID: c.Screen.State.Next.ID})
	}
}
