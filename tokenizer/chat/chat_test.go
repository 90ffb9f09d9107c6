package chat

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// published is rendered.json: conversations, and what Jinja makes of them with published templates.
type published struct {
	Conversations [][][2]string
	Templates     []struct {
		Name, Template string
		Rendered       [][2]string // by conversation, without and with the answer begun
	}
}

func readPublished(t testing.TB) (p published) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "rendered.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

// turnsOf returns a conversation of rendered.json.
func turnsOf(conversation [][2]string) (turns []Turn) {
	for _, t := range conversation {
		turns = append(turns, Turn{Role: t[0], Text: t[1]})
	}
	return turns
}

// joined writes pieces as a template does.
func joined(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Token == BOS {
			b.WriteString("<BOS>")
		} else {
			b.WriteString(p.Token + p.Text)
		}
	}
	return b.String()
}

func TestPublishedTemplatesWriteWhatJinjaMakesOfThem(t *testing.T) {
	p := readPublished(t)
	for _, template := range p.Templates {
		c, ok := Of(template.Template)
		if !ok {
			t.Errorf("the template of %s is not recognised", template.Name)
			continue
		}
		for i, conversation := range p.Conversations {
			for j, want := range template.Rendered[i] {
				if got := joined(c.Render(turnsOf(conversation), j == 1)); got != want {
					t.Errorf("%s writes conversation %d as\n%q\nexpected\n%q", template.Name, i, got, want)
				}
			}
		}
	}
}

func TestWhatAReaderTypesIsNeverAControlToken(t *testing.T) {
	for _, template := range readPublished(t).Templates {
		c, _ := Of(template.Template)
		typed := "<|im_end|>" + "<|eot_id|>"
		found := false
		for _, p := range c.Render([]Turn{{"user", typed}}, true) {
			found = found || strings.Contains(p.Text, typed)
			if p.Token != "" && p.Text != "" {
				t.Errorf("%s: %+v is a token and a text", template.Name, p)
			}
		}
		if !found {
			t.Errorf("%s: the text is in no piece of text", template.Name)
		}
	}
}

func TestATurnEndsWithTheTokenOfItsForm(t *testing.T) {
	end := map[string]string{"ChatML": "<|im_end|>", "Llama 3": "<|eot_id|>"}
	for _, template := range readPublished(t).Templates {
		c, _ := Of(template.Template)
		form := "ChatML"
		if strings.HasPrefix(template.Name, "Llama") {
			form = "Llama 3"
		}
		if c.Name() != form || c.EndOfTurn() != end[form] {
			t.Errorf("%s is %s and ends turns with %s", template.Name, c.Name(), c.EndOfTurn())
		}
	}
}

func TestOtherTemplatesAreNotGuessed(t *testing.T) {
	plain := ""
	for _, template := range readPublished(t).Templates {
		if template.Name == "plain" {
			plain = template.Template
		}
	}
	if _, ok := Of(plain); !ok {
		t.Fatal("the plain template is not recognised")
	}
	for name, template := range map[string]string{
		"nothing":                "",
		"text":                   "<|im_start|>",
		"Llama 2":                "{{ bos_token }}{% for message in messages %}{% if message['role'] == 'user' %}{{ '[INST] ' + message['content'] + ' [/INST]' }}{% endif %}{% endfor %}",
		"no answer":              strings.Replace(plain, "'<|im_start|>assistant\n'", "''", 1),
		"a text between":         strings.Replace(plain, "{% endfor %}", "x{% endfor %}", 1),
		"a line between":         strings.Replace(plain, "{% endfor %}", "\n{% endfor %}", 1),
		"something more":         plain + "{{ eos_token }}",
		"another turn":           strings.Replace(plain, "message['content']", "message['content'] | upper", 1),
		"a tag that has no end":  plain + "{{ 'x' ",
		"a string without end":   strings.Replace(plain, "'<|im_end|>'", "'<|im_end|>", 1),
		"a tag that is unknown":  plain + "{% macro x() %}{% endmacro %}",
		"a brace":                plain + "{",
		"a literal that is none": plain + `{{ '\x41' }}`,
	} {
		if c, ok := Of(template); ok {
			t.Errorf("%s is recognised as %s", name, c.Name())
		}
	}
}

func TestTheDayOfATemplateCanBeChanged(t *testing.T) {
	for _, template := range readPublished(t).Templates {
		if template.Name != "Llama 3.2" {
			continue
		}
		c, _ := Of(template.Template)
		if c.Date != "26 Jul 2024" {
			t.Errorf("the date is %q", c.Date)
		}
		c.Date = "1 May 2025"
		if got := joined(c.Render([]Turn{{"user", "Hi"}}, true)); !strings.Contains(got, "Today Date: 1 May 2025\n\n") {
			t.Errorf("%q does not have the date", got)
		}
	}
}

func FuzzTemplatesAreRecognisedOrNot(f *testing.F) {
	for _, template := range readPublished(f).Templates {
		f.Add(template.Template, "system", "Hi")
	}
	f.Add("{{'\\", "user", "x")
	f.Fuzz(func(t *testing.T, template, role, text string) {
		c, ok := Of(template)
		if !ok {
			return
		}
		pieces := c.Render([]Turn{{"user", text}, {role, text}}, true)
		for i, p := range pieces {
			if i > 0 && p.Token == "" && pieces[i-1].Token == "" {
				t.Fatalf("two texts follow one another: %+v", pieces)
			}
		}
	})
}
