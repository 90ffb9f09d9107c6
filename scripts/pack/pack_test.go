package main

import (
	"fmt"
	"strings"
	"testing"
)

const bare = `<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<body><link rel="stylesheet" href="a.css"><link rel="stylesheet" href="b.css">
<script src="gl.js"></script><script src="boot.js"></script>`

func TestThePageHoldsItsPartsAndAllowsNothingElse(t *testing.T) {
	p := &packer{page: bare}
	if got := strings.Join(p.scriptNames(), " "); got != "gl.js boot.js" {
		t.Errorf("the scripts are %q", got)
	}
	p.style("a.css", "p{}")
	p.style("b.css", "q{}")
	p.script("gl.js", "1")
	p.data("wasm", compress("program"))
	p.script("boot.js", "2")
	p.data("model", compress("weights"))
	page, err := p.finish()
	if err != nil {
		t.Fatal(err)
	}
	_, program64, _ := strings.Cut(page, `id="data-wasm">`)
	_, model64, _ := strings.Cut(page, `id="data-model">`)
	bytes := fmt.Sprintf(`<body data-bytes="%d">`, strings.Index(program64, "<")+strings.Index(model64, "<"))
	for _, want := range []string{hash("p{}"), hash("q{}"), hash("1"), hash("2"), `id="data-wasm"`, bytes, "default-src 'none'"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page, "href=") || strings.Contains(page, "src=\"") {
		t.Error("the page still refers to a file")
	}
	program, boot, model := strings.Index(page, `id="data-wasm"`), strings.Index(page, `id="script-boot"`), strings.Index(page, `id="data-model"`)
	if program > boot || boot > model {
		t.Errorf("the program stands at %d, the script that starts it at %d, what is read meanwhile at %d", program, boot, model)
	}
}

func TestCommentsStayInTheRepository(t *testing.T) {
	p := &packer{page: bare}
	p.style("a.css", "/* Why. */\np { color: red; } /* a\nb */ q {}\n")
	p.script("gl.js", "// What it does.\n\"use strict\";\n\t// why\n\tf(\"// no comment\"); // kept\n")
	for _, want := range []string{"<style>\np { color: red; }  q {}</style>", "\"use strict\";\nf(\"// no comment\"); // kept</script>"} {
		if !strings.Contains(p.page, want) {
			t.Errorf("the page lacks %q: %s", want, p.page)
		}
	}
	if !strings.Contains(strings.Join(p.styles, " "), hash("\np { color: red; }  q {}")) {
		t.Error("the policy allows another style sheet than the one that stands there")
	}
}

func TestWhatWouldBreakThePageIsRefused(t *testing.T) {
	for want, change := range map[string]func(p *packer){
		"would end it early": func(p *packer) { p.script("gl.js", "'</SCRIPT>'") },
		"contains </style":   func(p *packer) { p.style("a.css", "</style>") },
		"0 times":            func(p *packer) { p.script("gone.js", "1") },
		"expected one":       func(p *packer) { p.page = strings.Replace(p.page, "Content-Security-Policy", "x", 1) },
	} {
		p := &packer{page: bare}
		change(p)
		if _, err := p.finish(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("expected %q, got %v", want, err)
		}
	}
}

func TestCommentsAndIndentationStayInTheSource(t *testing.T) {
	for text, want := range map[string]string{
		"// A\n\"use strict\";\n\tf(); // b\n\t// c\n\tg(\"// d\");\n": "\"use strict\";\nf(); // b\ng(\"// d\");",
		"f(`a\n\t// b`);\n": "f(`a\n\t// b`);\n",
	} {
		if got := bareScript(text); got != want {
			t.Errorf("of %q stays %q", text, got)
		}
	}
	if got := bareStyle("/* A\n b */\np { }\n  /* c */ q { content: \"x\" }\n"); got != "\np { }\nq { content: \"x\" }" {
		t.Errorf("of the style sheet stays %q", got)
	}
}
