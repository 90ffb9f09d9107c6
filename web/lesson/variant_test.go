package lesson

import (
	"errors"
	"strings"
	"testing"
)

func TestLinesAreForReadersOfAKind(t *testing.T) {
	p, err := Parse("a.md", file("For all.\n\n{for letters}\nA {token 0}.\n\n## {for words} Try\n\n- One\n- {for words} [two](#a=1)\n  and on\n- {for letters} three\n\n1. {for letters} four\n"))
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[string]string{
		"words":   "paragraph | plain(For all.)\nheading 2 | plain(Try)\nlist | plain(One) | link<#a=1>(two) plain( and on)\n",
		"letters": "paragraph | plain(For all.)\nparagraph | plain(A ) live(token,0) plain(.)\nlist | plain(One) | plain(three)\nnumbered | plain(four)\n",
		"":        "paragraph | plain(For all.)\nlist | plain(One)\n",
	} {
		if got := outline(p.For(kind)); got != want {
			t.Errorf("for %q the tree is\n%s\nexpected\n%s", kind, got, want)
		}
	}
	line := 0
	p.Values(func(v Part) { line = v.Line })
	if line != 7 {
		t.Errorf("the live value stands in line %d; expected 7", line)
	}
}

func TestALineCanBeForReadersOfTwoKindsAtOnce(t *testing.T) {
	p, err := Parse("a.md", "---\ntitle: {for words} Words\ntitle: {for words own} Never\ntitle: All\nplace: {for own} #stage=token\n---\n{for words own} One\n\nTwo\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		kinds               []string
		title, place, lines string
	}{
		{[]string{"own", "words"}, "Words", "#stage=token", "paragraph | plain(One)\nparagraph | plain(Two)\n"},
		{[]string{"words"}, "Words", "", "paragraph | plain(Two)\n"},
		{[]string{"own"}, "All", "#stage=token", "paragraph | plain(Two)\n"},
	} {
		got := p.For(want.kinds...)
		if got.Title != want.title || got.Place != want.place || outline(got) != want.lines {
			t.Errorf("for %v it is %q at %q:\n%s", want.kinds, got.Title, got.Place, outline(got))
		}
	}
	if p.Title != "Words" {
		t.Errorf("the title of all is %q", p.Title)
	}
}

func TestAWrongKindNamesItsLine(t *testing.T) {
	for _, body := range []string{"\n{for }x", "\n{for Words} x", "\n{for words x", "\n- {for a  b} x", "\n{for a-b} x"} {
		_, err := Parse("a.md", file(body))
		if e := new(Error); !errors.As(err, &e) || e.Line != 5 || !strings.Contains(e.Reason, "{for …}") {
			t.Errorf("%q gives %v", body, err)
		}
	}
	if _, err := Parse("a.md", file("{for words}")); err == nil {
		t.Error("a line of nothing but {for words} passes")
	}
}
