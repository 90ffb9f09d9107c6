package main

import (
	"html"
	"path/filepath"
	"regexp"

	"glassbox/scripts/catalogue"
)

// How index.html refers to a text: as what an element holds, data-say="key", or as an attribute, data-say-title="key".
var (
	saidElement   = regexp.MustCompile(`(<(\w+)(?: [^<>]*)? data-say="(\w+)"[^<>]*>)(</(\w+)>)`)
	saidAttribute = regexp.MustCompile(` data-say-([a-z-]+)="(\w+)"`)
)

// words puts the English texts into index.html, and a block of what boot.js says before it.
func (p *packer) words(english *catalogue.Language) {
	find := func(key string) string {
		text, ok := english.Say(key)
		if !ok {
			p.fail("index.html asks for the text %s.%s, which is missing", catalogue.Boot, key)
		}
		return html.EscapeString(text)
	}
	p.page = saidElement.ReplaceAllStringFunc(p.page, func(found string) string {
		m := saidElement.FindStringSubmatch(found)
		return m[1] + find(m[3]) + m[4]
	})
	p.page = saidAttribute.ReplaceAllStringFunc(p.page, func(found string) string {
		m := saidAttribute.FindStringSubmatch(found)
		return found + " " + m[1] + `="` + find(m[2]) + `"`
	})
	p.blocks.WriteString(catalogue.Words(english) + "\n")
}

// languages reads static/language: English, and the others.
func languages(static string) (english *catalogue.Language, others []*catalogue.Language, err error) {
	files, err := filepath.Glob(filepath.Join(static, "language", "*.json"))
	if err != nil {
		return nil, nil, err
	}
	english, err = catalogue.Read(filepath.Join(static, "language", catalogue.English))
	for _, file := range files {
		if err != nil {
			return nil, nil, err
		}
		if filepath.Base(file) == catalogue.English {
			continue
		}
		var l *catalogue.Language
		l, err = catalogue.Read(file)
		others = append(others, l)
	}
	return english, others, err
}
