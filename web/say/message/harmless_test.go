package message

import (
	"strings"
	"testing"
	"unicode"
)

func TestATextOfSomeoneElseIsHarmless(t *testing.T) {
	for text, want := range map[string]string{
		"model.safetensors":             "model.safetensors",
		"\u202bשלום\u202c.safetensors":  "<U+202B>שלום<U+202C>.safetensors",
		"שלום.safetensors":              "שלום.safetensors",
		"photo\u202esrosnetefas.exe":    "photo<U+202E>srosnetefas.exe",
		"a\u0000b\u001b[2J\u0085":       "a<U+0000>b<U+001B>[2J<U+0085>",
		"two\nlines\tand a tab":         "two\nlines\tand a tab",
		"\ufeffmark\u200b\u00ad\u2028":  "<U+FEFF>mark<U+200B><U+00AD><U+2028>",
		"می\u200cخواهم 👩\u200d🔬":        "می\u200cخواهم 👩\u200d🔬",
		"\u2066closed\u2069":            "\u2066closed\u2069",
		"\u2067open":                    "<U+2067>open",
		"\u2069closes what is not open": "<U+2069>closes what is not open",
		"\u2066one \u2067of two\u2069":  "\u2066one <U+2067>of two\u2069",
		"\xff":                          "\xff",
	} {
		if is := Harmless(text); is != want {
			t.Errorf("%+q becomes %+q; expected %+q", text, is, want)
		}
	}
}

func FuzzHarmless(f *testing.F) {
	for _, seed := range []string{"a", "\u2066a\u2067b\u2069", "\u202e\u2069\u2066", "\u0000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		is, open := Harmless(text), 0
		for _, r := range is {
			switch {
			case r == '\u2066' || r == '\u2067' || r == '\u2068':
				open++
			case r == '\u2069':
				if open--; open < 0 {
					t.Fatalf("%+q closes more than it opens", is)
				}
			case unseen(r):
				t.Fatalf("%+q has %U", is, r)
			}
		}
		if open != 0 || !strings.ContainsFunc(text, unicode.IsControl) && !strings.ContainsFunc(text, unseen) && is != text {
			t.Fatalf("%+q became %+q", text, is)
		}
	})
}
