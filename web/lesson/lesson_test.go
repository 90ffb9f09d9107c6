package lesson

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// file puts a body behind front matter of three lines.
func file(body string) string { return "---\ntitle: A title\n---\n" + body }

// outline writes a page so that a test can read it.
func outline(p Page) string {
	var b strings.Builder
	for _, block := range p.Blocks {
		fmt.Fprintf(&b, "%s", block.Kind)
		if block.Level > 0 {
			fmt.Fprintf(&b, " %d", block.Level)
		}
		for _, line := range block.Lines {
			b.WriteString(" |")
			for _, s := range line {
				fmt.Fprintf(&b, " %s", s.Kind)
				if to := s.Link + s.Tie; to != "" {
					fmt.Fprintf(&b, "<%s>", to)
				}
				for _, part := range s.Parts {
					fmt.Fprintf(&b, "(%s%s)", part.Text, strings.Join(part.Words, ","))
				}
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestALessonBecomesATree(t *testing.T) {
	p, err := Parse("a.md", "---\ntitle: Token embedding\nplace: #stage=token\n\npicture: line\n---\n"+
		"There are {tokens} tokens,\n*each* with **{width} numbers** and `a * b`.\n\n"+
		"## What to try\n- [Type {token last} again](#text=AAA)\n  and watch.\n- Then \\*look\\*\n\n1. One\n2. Two\n")
	if err != nil {
		t.Fatal(err)
	}
	if p.Title != "Token embedding" || p.Place != "#stage=token" || p.Picture != "line" || p.Blocks[1].Line != 10 {
		t.Errorf("the front matter is %+v", p)
	}
	want := "paragraph | plain(There are ) live(tokens) plain( tokens, ) emphasis(each) plain( with ) strong(width)( numbers) plain( and ) code(a * b) plain(.)\n" +
		"heading 2 | plain(What to try)\n" +
		"list | link<#text=AAA>(Type )(token,last)( again) plain( and watch.) | plain(Then *look*)\n" +
		"numbered | plain(One) | plain(Two)\n"
	if got := outline(p); got != want {
		t.Errorf("the tree is\n%s\nexpected\n%s", got, want)
	}
}

func TestWordsAreTiedToWhatTheyName(t *testing.T) {
	p, err := Parse("a.md", file("Each\n[query of {tokens}](=h.0.attn.head.*.query,ln_f) is *here*."))
	if err != nil {
		t.Fatal(err)
	}
	want := "paragraph | plain(Each ) tie<h.0.attn.head.*.query,ln_f>(query of )(tokens) plain( is ) emphasis(here) plain(.)\n"
	if got := outline(p); got != want {
		t.Errorf("the tree is\n%s\nexpected\n%s", got, want)
	}
	p.Ties(func(tie string, line int) {
		if tie != "h.0.attn.head.*.query,ln_f" || line != 5 {
			t.Errorf("found %s in line %d", tie, line)
		}
	})
}

func TestValuesAndLinksAreFoundWithTheirLines(t *testing.T) {
	p, err := Parse("a.md", file("One\n{two 2}\n[to {three}](#x=1)"))
	if err != nil {
		t.Fatal(err)
	}
	found := ""
	p.Values(func(v Part) { found += fmt.Sprintf("%v%d ", v.Words, v.Line) })
	p.Links(func(link string, line int) { found += fmt.Sprintf("%s %d", link, line) })
	if want := "[two 2]5 [three]6 #x=1 6"; found != want {
		t.Errorf("found %s; expected %s", found, want)
	}
}

func TestHostileTextIsOnlyText(t *testing.T) {
	p, err := Parse("a.md", file(`\<script>alert(1)\</script> \<b onclick=x> \&amp; \<!-- -->`))
	if err != nil {
		t.Fatal(err)
	}
	if got := outline(p); got != "paragraph | plain(<script>alert(1)</script> <b onclick=x> &amp; <!-- -->)\n" {
		t.Errorf("the tree is %s", got)
	}
}

func TestErrorsNameFileAndLine(t *testing.T) {
	for text, want := range map[string]string{
		"":                                       `walk/1.md:1: a lesson begins`,
		"---\ntitle: A\n":                        `walk/1.md:3: the front matter has no end`,
		"---\n---\nText":                         `walk/1.md:2: the front matter has no title`,
		"---\ntitel: A\n---\nText":               `walk/1.md:2: there is no key "titel"`,
		"---\ntitle: A\ntitle: B\n---\nText":     `walk/1.md:3: title stands there twice`,
		"---\ntitle: A\nplace: token\n---\nText": `walk/1.md:3: the place is "token"`,
		"---\ntitle: A\x07\n---\nText":           `walk/1.md:2: title holds the control character U+0007`,
		file(""):                                 `walk/1.md:4: there is no text`,
		file("One *two"):                         `walk/1.md:4: a * has no text up to a second *`,
		file("One\n**two"):                       `walk/1.md:5: a ** has no text`,
		file("`x"):                               "walk/1.md:4: a ` has no text",
		file("a\nb\n[x](javascript:alert)"):      `walk/1.md:6: the link "javascript:alert" leads nowhere`,
		file("[x](data:text/html,x)"):            `leads nowhere`,
		file("[x](//evil.example)"):              `leads nowhere`,
		file("[x](https://a b)"):                 `must be written as %XX`,
		file("[x](#)"):                           `leads nowhere`,
		file("a\n[x](=)"):                        `walk/1.md:5: the tie "=" names nothing`,
		file("[x](=ln_f,)"):                      `the tie "=ln_f," names nothing`,
		file("[x](=ln f)"):                       `the tie "=ln f" names nothing`,
		file("[x](=ln_f"):                        `a link is written`,
		file("[x]"):                              `walk/1.md:4: a link is written`,
		file("![x](#y)"):                         `images are not part`,
		file("{tokens"):                          `walk/1.md:4: a live value is written`,
		file("{}"):                               `a live value is written`,
		file("a } b"):                            `there is a '}' without its beginning`,
		file("# Title"):                          `walk/1.md:4: the title stands in the front matter`,
		file("> said"):                           `quotations`,
		file("```\nx\n```"):                      `blocks of code`,
		file("a\u202eb"):                         `control character U+202E`,
		file("a\xffb"):                           `is not valid UTF-8`,
		file("- \n"):                             `there is no text here`,
		"---\ntitle:\n---\nText":                 `walk/1.md:2: the front matter has no title`,
		"---\ntitle: A\npicture:\n---\nText":     `walk/1.md:3: the picture has no name`,
		file("a\n| b | c |"):                     `walk/1.md:5: tables`,
		file("a | b\n--- | ---\n1 | 2"):          `walk/1.md:5: tables`,
		file("a <b>c"):                           `walk/1.md:4: <b would be HTML`,
		file("a\n<!-- c -->"):                    `walk/1.md:5: <!-- would be HTML`,
		file("<https://a.b>"):                    `<https: would be HTML`,
		file("a **b </i>**"):                     `</i would be HTML`,
		file("a&nbsp;b"):                         `walk/1.md:4: &nbsp; is a character by its name`,
		file("**a [b](#c)**"):                    `walk/1.md:4: a [ within strong`,
		file("a\n*b **c** d*"):                   `walk/1.md:5: a ** within strong`,
		file("[`a`](#b)"):                        "a ` within strong",
		file("~~a~~"):                            `struck out`,
		file("- a\n  - b"):                       `walk/1.md:5: lists within lists`,
		file("1. a\n   1. b"):                    `walk/1.md:5: lists within lists`,
		file("- a\n\n  b"):                       `walk/1.md:6: a paragraph begins`,
		file("a\n\n    b"):                       `walk/1.md:6: a paragraph begins`,
		file("1) a"):                             `items of a list`,
		file("* a"):                              `items of a list`,
		file("a\n# b"):                           `walk/1.md:5: the title stands`,
		file("## a\n\n#### b"):                   `walk/1.md:6: headings have`,
		file("##a"):                              `headings have`,
		file("### a"):                            `walk/1.md:4: a heading with ### stands below one with ##`,
		file("a\n==="):                           `walk/1.md:5: lines across`,
		file("a\n\n---\n\nb"):                    `walk/1.md:6: lines across`,
		file("***"):                              `lines across`,
		file(strings.Repeat("a", 70000)):         `expected 65536 at most`,
	} {
		_, err := Parse("walk/1.md", text)
		if located := new(Error); !errors.As(err, &located) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q gives %v; expected %s", text, err, want)
		}
	}
}

// TestAllErrorsOfAFileAreReported holds that what is wrong hides nothing that is wrong behind it, and is not
// reported twice.
func TestAllErrorsOfAFileAreReported(t *testing.T) {
	p, err := Parse("a.md", "---\ntitel: A\nplace: here\npicture: line\n---\nOne *two with {\nand [x](y) and ![z](#a) {tokens}.\n\n"+
		"- <b>\n  - c\n- [d]\n\n#### e\n")
	var lines []string
	for line := range strings.SplitSeq(err.Error(), "\n") {
		lines = append(lines, line[:strings.Index(line, ": ")]+" "+strings.Join(strings.Fields(line)[1:4], " "))
	}
	want := "a.md:2 there is no; a.md:3 the place is; a.md:5 the front matter; a.md:6 a live value; a.md:6 a * has; a.md:7 the link \"y\"; " +
		"a.md:7 images are not; a.md:9 <b would be; a.md:10 lists within lists; a.md:11 a link is; a.md:13 headings have two"
	if got := strings.Join(lines, "; "); got != want {
		t.Errorf("the errors are\n%s\nexpected\n%s", got, want)
	}
	if p.Picture != "line" || !strings.Contains(outline(p), "live(tokens)") {
		t.Errorf("what could be read is not there:\n%s", outline(p))
	}
	if _, err := Parse("a.md", file(strings.Repeat("*a {\n", 300))); len(err.(Errors)) != mostErrors {
		t.Errorf("%d errors are reported of a file of nothing else", len(err.(Errors)))
	}
}

// FuzzParse holds that any text gives an error with its line, or a page in which every
// block has text and every link leads to this page or to the web.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", file("a *b* {c d} [e {f}](#g) `h` [o](=p.*,q)\n- i\n  j\n1. k\n## l"), file("\\*\\\\ é 日 <b>"), "---\r\ntitle: x\r\n---\r\ny"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Parse("f.md", text)
		if err != nil {
			for _, e := range err.(Errors) {
				if e.Line < 1 || e.Line > strings.Count(text, "\n")+1 || e.File != "f.md" {
					t.Fatalf("the error is at %s:%d", e.File, e.Line)
				}
			}
			return
		}
		for _, b := range p.Blocks {
			for i, line := range b.Lines {
				if len(line) == 0 || b.At[i] < b.Line {
					t.Fatalf("%s of line %d is empty", b.Kind, b.Line)
				}
			}
		}
		p.spans(func(s Span) {
			if len(s.Parts) == 0 || (s.Kind == Link) != (s.Link != "") || (s.Kind == Tie) != (s.Tie != "") || s.Link != "" && checkLink(s.Link) != "" {
				t.Fatalf("the span %+v", s)
			}
		})
	})
}
