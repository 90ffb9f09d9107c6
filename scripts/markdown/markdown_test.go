package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// say writes a document down: "1 a.md" for a link, "1 !a.png" for a picture, "1 ?a b" for what is no link.
func say(d Document) string {
	var list []string
	for _, l := range d.Links {
		mark := ""
		if l.Picture {
			mark = "!"
		}
		if l.Fault != "" {
			mark = "?"
		}
		list = append(list, fmt.Sprint(l.Line, " ", mark, l.Target))
	}
	return strings.Join(list, ", ")
}

func TestLinksAndPicturesAreFound(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a link", "See [a](a.md).", "1 a.md"},
		{"two in a line, one in the next", "[a](a.md) and [b](b.md)\n[c](c.md)", "1 a.md, 1 b.md, 2 c.md"},
		{"a picture", "![a [b] c](a.png)", "1 !a.png"},
		{"a picture in a link", "[![a](a.png)](b.md)", "1 !a.png, 1 b.md"},
		{"a title", "[a](a.md \"a (title)\") [b](b.md 'x') [c](c.md (x))", "1 a.md, 1 b.md, 1 c.md"},
		{"angle brackets", "[a](<a b.md>)", "1 a b.md"},
		{"round brackets", `[a](a(1).md) [b](b\).md)`, "1 a(1).md, 1 b).md"},
		{"an entity", "[a](a.html?b=c&amp;d=e)", "1 a.html?b=c&d=e"},
		{"nothing", "[a]()", "1 "},
		{"text over lines", "[a\nb](a.md)", "1 a.md"},
		{"in emphasis", "**[a](a.md)** and *[b](b.md)*", "1 a.md, 1 b.md"},
		{"a heading", "# A [b](b.md)\n\n[c](c.md)\n===", "1 b.md, 3 c.md"},
		{"a list", "- [a](a.md)\n  [b](b.md)\n    - [c](c.md)\n\n      [d](d.md)\n1. [e](e.md)", "1 a.md, 2 b.md, 3 c.md, 5 d.md, 6 e.md"},
		{"a quotation", "> [a](a.md)\n> > [b](b.md)\n[c](c.md)", "1 a.md, 2 b.md, 3 c.md"},
		{"a table", "| a | b |\n|---|--:|\n| [a](a.md) | `x` [b](b.md) |", "3 a.md, 3 b.md"},
		{"definitions", "[a][b], [b][] and [B]\n\n[b]: b.md \"title\"\n[c]: <c.md>", "3 b.md, 4 c.md"},
		{"HTML", `<p><a class="x" href="a.md">a</a> <img alt='' src='a.png'>`, "1 a.md, 1 !a.png"},
		{"addresses", "<https://a.b/c>, (https://d.e/f_(g)), https://h.i.", "1 https://a.b/c, 1 https://d.e/f_(g), 1 https://h.i"},
	} {
		if got := say(Read(c.text)); got != c.want {
			t.Errorf("%s: %q has %q; expected %q", c.name, c.text, got, c.want)
		}
	}
}

func TestWhatLooksLikeALinkButIsNoneIsAFault(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a space in the target", "![a](a b.png)", "1 ?a b.png)"},
		{"no end", "x\n[a](a.md", "2 ?a.md"},
		{"a bracket too few", "[a](a(b.md)", "1 ?a(b.md)"},
		{"no definition", "[a][b] [c][]", "1 ?b, 1 ?c"},
		{"a definition with a space", "[a]: b c.md", "1 ?b c.md"},
	} {
		if got := say(Read(c.text)); got != c.want {
			t.Errorf("%s: %q has %q; expected %q", c.name, c.text, got, c.want)
		}
	}
}

func TestNothingElseIsALink(t *testing.T) {
	for name, text := range map[string]string{
		"code in a line":       "`[a](a.md)` and ``[b`](b.md)`` and `x\n[c](c.md)`",
		"fenced code":          "```go\n[a](a.md)\n\n~~~\n```",
		"longer fences":        "````\n```\n[a](a.md)\n```\n[b](b.md)\n````",
		"tildes":               "~~~ `x`\n[a](a.md)\n```\n~~~",
		"a fence without end":  "```\n[a](a.md)",
		"a fence in a list":    "- x\n\n  ```\n  [a](a.md)\n\n  [b](b.md)\n  ```",
		"a fence in a quote":   "> ```\n> [a](a.md)",
		"indented code":        "x\n\n    [a](a.md)\n\n    [b](b.md)\n\ty[c](c.md)",
		"indented in a list":   "- x\n\n      [a](a.md)",
		"escapes":              `\[a](a.md) [b\](b.md) \![c]`,
		"a box":                "- [ ] x\n- [x] y [z]",
		"a footnote":           "[^1]\n\n[^1]: x y",
		"a comment":            "<!-- [a](a.md)\n<a href=\"b.md\"> -->",
		"brackets without it":  "f(a[0]) ](x) [",
		"an element without":   "<br> 1 < 2 > 0 <|endoftext|> <b>x</b>",
		"a name with http":     "xhttp://a.b",
		"backticks in a table": "| a |\n|---|\n| \\` |\n| `[a](b\\|c.md)` |",
	} {
		if got := say(Read(text)); got != "" {
			t.Errorf("%s: %q has %q", name, text, got)
		}
	}
}

func TestAfterCodeThereAreLinksAgain(t *testing.T) {
	for name, text := range map[string]string{
		"code in a line":      "`x` [a](a.md)",
		"a lone backtick":     "5` [a](a.md)",
		"other backticks":     "`` x ` [a](a.md)",
		"an escaped backtick": "\\`[a](a.md)`",
		"fenced code":         "```\nx\n```\n[a](a.md)",
		"a fence in a line":   "```x``` [a](a.md)",
		"a left list":         "- ```\n  x\n\n[a](a.md)",
		"a left quotation":    "> ```\n> x\n[a](a.md)",
		"indented code":       "    x\n\n[a](a.md)",
		"no code":             "x\n    [a](a.md)",
		"an item's text":      "1. x\n\n   [a](a.md)",
		"a rule":              "***\n[a](a.md)",
		"a year":              "in\n1998. [a](a.md)",
		"Windows":             "```\r\nx\r\n```\r\n[a](a.md)\r\n",
	} {
		if d := Read(text); len(d.Links) != 1 || d.Links[0].Target != "a.md" {
			t.Errorf("%s: %q has %q", name, text, say(d))
		}
	}
}

func TestHeadingsAreNamedAsOnGitHub(t *testing.T) {
	text := "# Run it, test it\n## What `a_b` is: **50 %**\n### [A _link_](x.md) #\n## Twice\n## Twice\n" +
		"Underlined\n---\n- # In a list\n\n## Größe – 3 × 4\n\n<a id=\"here\"></a>\n\n    # code\n\n```\n# code\n```\n#hash\n"
	want := []string{"run-it-test-it", "what-a_b-is-50-", "a-link", "twice", "twice-1", "underlined", "in-a-list", "größe--3--4", "here"}
	if got := Read(text).Anchors; !slices.Equal(got, want) {
		t.Errorf("the names are %q; expected %q", got, want)
	}
}

func TestCodeIsKept(t *testing.T) {
	d := Read("a `b` and\n`` `c` ``\n\n    d\n\n      e\n\n~~~ sh\nf\n~~~\n")
	want := []Code{{1, "b", false}, {2, "`c`", false}, {4, "d\n\n  e\n", true}, {8, "f", true}}
	if !slices.Equal(d.Code, want) {
		t.Errorf("the code is %+v; expected %+v", d.Code, want)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("[a](<b> \"c\")\n> - ```\n`x` ![][d]\n\n[d]: e\n| a\\|\n|-|\n<a href='")
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Count(text, "\n") + 1
		for _, l := range Read(text).Links {
			if l.Line < 1 || l.Line > lines {
				t.Errorf("%q is in line %d of %d", l.Target, l.Line, lines)
			}
		}
	})
}
