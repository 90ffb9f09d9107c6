package browser

import (
	"strings"
	"syscall/js"

	"glassbox/web/say"
)

// Languages returns the tags of the languages that the page has.
func Languages() (tags []string) {
	list := js.Global().Get("glassboxLanguage").Get("carried")
	for i := range list.Length() {
		tags = append(tags, list.Index(i).String())
	}
	return tags
}

// Language returns a language with texts in the order of the catalogue; English without.
func Language(tag string, texts js.Value) *say.Language {
	if !texts.Truthy() {
		return say.English
	}
	list := make([]string, texts.Length())
	for i := range list {
		list[i] = texts.Index(i).String()
	}
	rightToLeft := js.Global().Get("document").Get("documentElement").Get("dir").String() == "rtl"
	l, err := say.NewLanguage(tag, rightToLeft, newIntl(tag), list)
	if err != nil {
		js.Global().Get("console").Call("warn", "static/language/"+tag+".json: "+err.Error())
	}
	return l
}

// intl is how the browser writes a language: a say.Locale.
type intl struct {
	plural, number, list js.Value
	marks                say.Marks
}

// newIntl asks the browser, for digits as they stand in the panels. What is no tag to it is written as English is.
func newIntl(tag string) (l say.Locale) {
	defer func() {
		if recover() != nil {
			l = say.EnglishLocale{}
		}
	}()
	return askIntl(tag)
}

func askIntl(tag string) *intl {
	Intl := js.Global().Get("Intl")
	tag += "-u-nu-latn"
	l := &intl{
		plural: Intl.Get("PluralRules").New(tag),
		number: Intl.Get("NumberFormat").New(tag),
		list:   Intl.Get("ListFormat").New(tag),
		marks:  say.Marks{Decimal: ".", Group: ","},
	}
	parts := l.number.Call("formatToParts", 1234567.5)
	for i := range parts.Length() {
		switch parts.Index(i).Get("type").String() {
		case "group":
			l.marks.Group = parts.Index(i).Get("value").String()
		case "decimal":
			l.marks.Decimal = parts.Index(i).Get("value").String()
		}
	}
	return l
}

func (l *intl) Plural(n int) string { return l.plural.Call("select", n).String() }

func (l *intl) Number(n int) string {
	return strings.Replace(l.number.Call("format", n).String(), "-", "−", 1)
}

func (l *intl) List(items []string) string {
	list := js.Global().Get("Array").New()
	for _, i := range items {
		list.Call("push", i)
	}
	return l.list.Call("format", list).String()
}

func (l *intl) Marks() say.Marks { return l.marks }
