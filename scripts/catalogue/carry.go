package catalogue

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Boot is the section of what index.html and boot.js say: the program does not have it.
const Boot = "boot"

// What a page that speaks English has of languages, and what Carry adds to.
const (
	speaksEnglish = `<html lang="en" data-languages="en:ltr">`
	wordsFrom     = `<script type="text/plain" id="script-words">`
	scriptTo      = `</script>`
)

// Words returns the block of English texts that boot.js reads.
func Words(english *Language) string {
	return wordsFrom + string(asJSON(map[string]map[string]string{english.Tag: english.section(Boot)})) + scriptTo
}

// Carry adds languages to a page: what boot.js says beside the English words, all others packed, at the end.
func Carry(page string, english *Language, more ...*Language) (string, error) {
	speaks := strings.TrimSuffix(speaksEnglish, `">`)
	words := map[string]map[string]string{english.Tag: english.section(Boot)}
	var blocks strings.Builder
	for _, l := range more {
		if wrong := l.Check(english); len(wrong) > 0 {
			return "", fmt.Errorf("static/language/%s.json: %w", l.Tag, errors.Join(wrong...))
		}
		sources, _ := l.Sources(english)
		direction := l.section("about")["direction"]
		if direction != "rtl" {
			direction = "ltr"
		}
		speaks += " " + l.Tag + ":" + direction
		words[l.Tag] = l.section(Boot)
		fmt.Fprintf(&blocks, "<script type=\"application/octet-stream\" id=\"data-language-%s\">%s</script>\n", l.Tag, packed(asJSON(sources)))
	}
	for _, change := range [][2]string{
		{speaksEnglish, speaks + `">`},
		{Words(english), wordsFrom + string(asJSON(words)) + scriptTo},
		{"</body>", blocks.String() + "</body>"},
	} {
		if n := strings.Count(page, change[0]); n != 1 {
			return "", fmt.Errorf("the page has %.60q %d times; expected once", change[0], n)
		}
		page = strings.Replace(page, change[0], change[1], 1)
	}
	return page, nil
}

// section returns the texts of a section, by their keys.
func (l *Language) section(name string) map[string]string {
	texts := map[string]string{}
	for _, t := range l.Texts {
		if t.Section == name {
			texts[t.Key] = t.Source
		}
	}
	return texts
}

// Say returns a text of index.html or boot.js.
func (l *Language) Say(key string) (text string, ok bool) {
	text, ok = l.section(Boot)[key]
	return text, ok
}

// asJSON writes < as \u003c, so that no text ends the block that it stands in.
func asJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps and lists of strings
	}
	return b
}

// packed returns bytes gzipped, in base64.
func packed(b []byte) string {
	var zipped bytes.Buffer
	w, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	if _, err := w.Write(b); err != nil {
		panic(err) // a buffer takes everything
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return base64.StdEncoding.EncodeToString(zipped.Bytes())
}
