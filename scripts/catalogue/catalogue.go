// Package catalogue reads static/language: a file for each language, an object of sections (features, mostly) that are
// objects of texts, in the notation of web/say/message.
package catalogue

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"glassbox/web/say/message"
)

// A Text is one of a language.
type Text struct {
	Section, Key string
	Source       string
	Message      *message.Message
}

// Name returns section.key.
func (t Text) Name() string { return t.Section + "." + t.Key }

// English is the file that all others follow.
const English = "en.json"

// Faults is the section of the errors that are values: a text for each kind of fault.Fault.
const Faults = "faults"

// A Language is a file: its texts in their order.
type Language struct {
	Tag   string // en
	Texts []Text
}

// tag is what the name of a file must be: a language, perhaps its script, perhaps a region (BCP 47).
var tag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$`)

// Read reads a file. Its errors name the text that is wrong.
func Read(path string) (*Language, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	l, err := Parse(strings.TrimSuffix(filepath.Base(path), ".json"), b)
	if err == nil && !tag.MatchString(l.Tag) {
		err = errors.New("the name of the file is no tag of a language; expected such as de.json or pt-BR.json")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.ToSlash(path), err)
	}
	return l, nil
}

// Parse reads the text of a file.
func Parse(tag string, b []byte) (*Language, error) {
	l := &Language{Tag: tag}
	seen := map[string]bool{}
	err := object(json.NewDecoder(bytes.NewReader(b)), true, func(d *json.Decoder, section string) error {
		if err := name(section); err != nil {
			return err
		}
		if seen[section] {
			return fmt.Errorf("the section %s stands there twice", section)
		}
		seen[section] = true
		return object(d, false, func(d *json.Decoder, key string) error {
			t := Text{Section: section, Key: key}
			if err := name(key); err != nil {
				return fmt.Errorf("%s: %w", t.Name(), err)
			}
			if seen[t.Name()] {
				return fmt.Errorf("%s stands there twice", t.Name())
			}
			seen[t.Name()] = true
			if err := d.Decode(&t.Source); err != nil {
				return fmt.Errorf("%s: %w", t.Name(), err)
			}
			m, err := message.Parse(t.Source)
			if err != nil {
				return fmt.Errorf("%s: %w", t.Name(), err)
			}
			if section == Boot && !plain(m) {
				return fmt.Errorf("%s: before the program runs a text takes only arguments such as {name}, and no tags", t.Name())
			}
			t.Message = m
			l.Texts = append(l.Texts, t)
			return nil
		})
	})
	return l, err
}

// plain returns whether boot.js, which knows nothing but {name}, can fill a text.
func plain(m *message.Message) bool {
	return !m.Tagged() && !slices.ContainsFunc(m.Params(), func(p message.Param) bool { return p.Type != message.Text })
}

// Check returns what is wrong with a translation: texts that English does not have, and those that do not fit it.
func (l *Language) Check(english *Language) (wrong []error) {
	byName := map[string]Text{}
	for _, t := range english.Texts {
		byName[t.Name()] = t
	}
	for _, t := range l.Texts {
		if t.Name() == "about.direction" && t.Source != "ltr" && t.Source != "rtl" {
			wrong = append(wrong, fmt.Errorf("%s: %q; expected ltr or rtl", t.Name(), t.Source))
		}
		if original, ok := byName[t.Name()]; !ok {
			wrong = append(wrong, fmt.Errorf("%s: English has no such text", t.Name()))
		} else if err := original.Message.Fits(t.Message); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", t.Name(), err))
		}
	}
	return wrong
}

// object calls field for each key of an object, in their order.
func object(d *json.Decoder, whole bool, field func(*json.Decoder, string) error) error {
	if t, err := d.Token(); err != nil {
		return err
	} else if t != json.Delim('{') {
		return errors.New("expected an object")
	}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return err
		}
		if err := field(d, t.(string)); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return err
	}
	if whole {
		if _, err := d.Token(); !errors.Is(err, io.EOF) {
			return errors.New("something stands behind the object")
		}
	}
	return nil
}

// name returns what is wrong with the name of a section or text, which becomes one of Go.
func name(s string) error {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return fmt.Errorf("%q is no name; expected a small letter first", s)
	}
	for _, c := range s {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return fmt.Errorf("%q is no name; expected letters and digits", s)
		}
	}
	return nil
}

// Sections returns the names of the sections of texts, in their order.
func Sections(texts []Text) (list []string) {
	for i, t := range texts {
		if i == 0 || texts[i-1].Section != t.Section {
			list = append(list, t.Section)
		}
	}
	return list
}

// Program returns the texts that the program has: all but those of index.html and boot.js.
func (l *Language) Program() (list []Text) {
	for _, t := range l.Texts {
		if t.Section != Boot {
			list = append(list, t)
		}
	}
	return list
}

// Sources returns the texts of a translation in the order of those of the English program, "" for a gap, and the names of
// all gaps.
func (l *Language) Sources(english *Language) (sources, gaps []string) {
	byName := map[string]string{}
	for _, t := range l.Texts {
		byName[t.Name()] = t.Source
	}
	for _, t := range english.Texts {
		source := byName[t.Name()]
		if source == "" {
			gaps = append(gaps, t.Name())
		}
		if t.Section != Boot {
			sources = append(sources, source)
		}
	}
	return sources, gaps
}
