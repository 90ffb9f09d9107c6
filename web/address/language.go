package address

import (
	"errors"
	"strings"

	"glassbox/web/say"
)

// Language is the one that a link asks for, a tag of BCP 47: "de", "pt-BR"; "": what the browser prefers.
type Language string

// longestTag is more than a tag of a language has (RFC 5646, 4.4.1).
const longestTag = 35

func (l Language) check() error {
	for i := range len(l) {
		if c := l[i]; i >= longestTag || !plain(c) || strings.IndexByte("._~", c) >= 0 {
			return errors.New(say.Address.NoLanguage(quoted(string(l)), "pt-BR"))
		}
	}
	return nil
}

// In returns whether it is one of the languages that a page has, as choose in static/host.js finds it: "de-AT" is met by
// "de", and "pt" by "pt-BR".
func (l Language) In(languages []string) bool {
	for tag := strings.ToLower(string(l)); tag != ""; tag = tag[:max(0, strings.LastIndexByte(tag, '-'))] {
		for _, has := range languages {
			if has = strings.ToLower(has); has == tag || strings.HasPrefix(has, tag+"-") {
				return true
			}
		}
	}
	return l == ""
}
