package catalogue

import (
	"regexp"
	"strings"
	"unicode"

	"glassbox/web/say/message"
)

// A MadeUp is a language that nobody speaks, made of English. It shows what a real one would: texts that are longer, letters
// that English does not have, a direction from right to left; and what stays English stands in no catalogue.
type MadeUp struct {
	Tag       string // one of Unicode's CLDR for such languages
	direction string
	letter    func(rune) string
}

// Longer returns English with accents, and some 40 % longer: each vowel stands there twice.
func Longer() MadeUp {
	accented := map[rune]string{'c': "ç", 'd': "ð", 'g': "ğ", 'h': "ĥ", 'j': "ĵ", 'k': "ķ", 'l': "ļ", 'n': "ñ", 'r': "ŕ", 's': "š", 't': "ţ", 'w': "ŵ", 'z': "ž",
		'a': "åå", 'e': "éé", 'i': "îî", 'o': "ôô", 'u': "ûû", 'y': "ýý"}
	return MadeUp{"en-XA", "ltr", func(r rune) string {
		lower := unicode.ToLower(r)
		text, ok := accented[lower]
		if !ok {
			return string(r)
		}
		if r != lower {
			letters := []rune(text)
			return string(unicode.ToUpper(letters[0])) + string(letters[1:])
		}
		return text
	}}
}

// RightToLeft returns English in letters of Hebrew.
func RightToLeft() MadeUp {
	const latin = "abcdefghijklmnopqrstuvwxyz"
	hebrew := []rune("אבגדהוזחטיכלמנסעפצקרשתךםןף")
	return MadeUp{"ar-XB", "rtl", func(r rune) string {
		if i := strings.IndexRune(latin, unicode.ToLower(r)); i >= 0 {
			return string(hebrew[i])
		}
		return string(r)
	}}
}

// Language returns the texts of a language.
func (m MadeUp) Language(english *Language) (*Language, error) {
	made := &Language{Tag: m.Tag}
	for _, t := range english.Texts {
		t.Source = mapped(t.Source, m.letter)
		if t.Name() == "about.direction" {
			t.Source = m.direction
		}
		read, err := message.Parse(t.Source)
		if err != nil {
			return nil, err
		}
		t.Message = read
		made.Texts = append(made.Texts, t)
	}
	return made, nil
}

// What of a lesson is no text: the names and values of its head besides the title, what stands in braces, code, and where
// links lead.
var noText = regexp.MustCompile("(?m)^(?:picture|place): .*$|^title:|\\{[^}]*\\}|`[^`]*`|\\]\\([^)]*\\)")

// Lesson returns a lesson of the walk, as static/lessons/README.md describes them.
func (m MadeUp) Lesson(markdown string) string {
	var b strings.Builder
	at := 0
	for _, span := range noText.FindAllStringIndex(markdown, -1) {
		b.WriteString(mapped(markdown[at:span[0]], m.letter))
		b.WriteString(markdown[span[0]:span[1]])
		at = span[1]
	}
	return b.String() + mapped(markdown[at:], m.letter)
}

// mapped changes the letters of a text, but not those of its arguments and tags, nor names that stand in every language:
// words with a digit, a dot or a capital behind their first letter (GPT-2, h.0.ln_1, GELU), and what is quoted.
func mapped(source string, letter func(rune) string) string {
	var b strings.Builder
	depth := 0
	for len(source) > 0 {
		word := leading(source)
		switch {
		case word != "" && depth%2 == 0:
			b.WriteString(mappedWord(word, letter))
			source = source[len(word):]
			continue
		case word != "":
			b.WriteString(word)
			source = source[len(word):]
			continue
		case source[0] == '{':
			depth++
		case source[0] == '}':
			depth--
		case strings.HasPrefix(source, "'<"): // quoted: it begins no tag
			b.WriteString(source[:2])
			source = source[2:]
			continue
		case source[0] == '<' && depth == 0 && strings.Contains(source, ">"):
			end := strings.IndexByte(source, '>') + 1
			b.WriteString(source[:end])
			source = source[end:]
			continue
		}
		b.WriteByte(source[0])
		source = source[1:]
	}
	return b.String()
}

// leading returns the word at the start of a text, with what holds a name together.
func leading(s string) string {
	end := 0
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || end > 0 && (r == '_' || (r == '.' || r == '-') && followed(s[i+1:])) {
			end = i + len(string(r))
			continue
		}
		break
	}
	return s[:end]
}

func followed(s string) bool {
	for _, r := range s {
		return unicode.IsLetter(r) || unicode.IsDigit(r)
	}
	return false
}

func mappedWord(word string, letter func(rune) string) string {
	for i, r := range word {
		if i > 0 && (unicode.IsUpper(r) || unicode.IsDigit(r) || r == '.' || r == '_') || i == 0 && unicode.IsDigit(r) {
			return word
		}
	}
	if len(word) == 1 && unicode.IsUpper(rune(word[0])) {
		return word // a symbol: T, C, A key
	}
	var b strings.Builder
	for _, r := range word {
		b.WriteString(letter(r))
	}
	return b.String()
}
