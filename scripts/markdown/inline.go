package markdown

import (
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// inline reads the text of a block.
type inline struct {
	doc         *Document
	definitions map[string]bool
	text        string
	first       int // the line of the file where it begins
	at          int // index of the next character

	plain    strings.Builder // the text as it is read, without targets; the name of a heading is made from it
	brackets []bracket       // those that are still open
}

// A bracket is a [ that may begin a link.
type bracket struct {
	at       int // index behind it
	picture  bool
	inactive bool // there is a link in it, so it is none itself
}

const misspelt = "is no link to a reader of Markdown: in a target a space is written %20, and brackets come in pairs"

var (
	comment   = regexp.MustCompile(`^<!--(?s:.*?)-->`)
	angled    = regexp.MustCompile(`^<([a-zA-Z][a-zA-Z0-9+.-]+:[^\s<>]*)>`)
	tag       = regexp.MustCompile(`^</?([a-zA-Z][a-zA-Z0-9-]*)(?:\s(?:"[^"]*"|'[^']*'|[^"'<>])*)?>`)
	attribute = regexp.MustCompile(`\s([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')`)
	bare      = regexp.MustCompile(`^https?://[^\s<]*`)
	title     = regexp.MustCompile(`^\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))\s*\)`)
	escaped   = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])")
)

func (in *inline) read() {
	for in.at < len(in.text) {
		in.next()
	}
}

// next reads one character, or what it begins.
func (in *inline) next() {
	rest := in.text[in.at:]
	switch c := rest[0]; {
	case c == '\\' && escaped.MatchString(rest[:min(2, len(rest))]):
		in.plain.WriteByte(rest[1])
		in.at += 2
	case c == '`':
		in.code(rest)
	case c == '<':
		in.angle(rest)
	case c == '!' && strings.HasPrefix(rest, "!["):
		in.at += 2
		in.brackets = append(in.brackets, bracket{at: in.at, picture: true})
	case c == '[':
		in.at++
		in.brackets = append(in.brackets, bracket{at: in.at})
	case c == ']':
		in.at++
		in.closeBracket()
	case c == 'h' && bare.MatchString(rest) && !isLetter(in.before()):
		in.address(bare.FindString(rest))
	case c == '_' && !(isLetter(in.before()) && isLetter(in.after())): // emphasis
		in.at++
	default:
		in.plain.WriteByte(c)
		in.at++
	}
}

// code reads code between runs of as many backticks, or the first run as text.
func (in *inline) code(rest string) {
	run := rest[:len(rest)-len(strings.TrimLeft(rest, "`"))]
	for from := len(run); ; {
		to := strings.Index(rest[from:], run)
		if to < 0 {
			in.at += len(run)
			return
		}
		to += from
		length := len(rest[to:]) - len(strings.TrimLeft(rest[to:], "`"))
		if from = to + length; length != len(run) {
			continue
		}
		text := strings.ReplaceAll(rest[len(run):to], "\n", " ")
		if strings.HasPrefix(text, " ") && strings.HasSuffix(text, " ") && !isBlank(text) {
			text = text[1 : len(text)-1]
		}
		in.doc.Code = append(in.doc.Code, Code{Line: in.line(in.at), Text: text})
		in.plain.WriteString(text)
		in.at += from
		return
	}
}

// angle reads what < begins: an address, a comment or an element of HTML; otherwise it is text.
func (in *inline) angle(rest string) {
	if address := angled.FindStringSubmatch(rest); address != nil {
		in.link(in.at, Link{Target: html.UnescapeString(address[1])})
		in.plain.WriteString(address[1])
		in.at += len(address[0])
		return
	}
	if found := comment.FindString(rest); found != "" {
		in.at += len(found)
		return
	}
	element := tag.FindStringSubmatch(rest)
	if element == nil {
		in.plain.WriteByte('<')
		in.at++
		return
	}
	for _, a := range attribute.FindAllStringSubmatch(element[0], -1) {
		value := html.UnescapeString(a[2] + a[3])
		switch strings.ToLower(a[1]) {
		case "href":
			in.link(in.at, Link{Target: value})
		case "src":
			in.link(in.at, Link{Target: value, Picture: strings.EqualFold(element[1], "img")})
		case "id", "name":
			in.doc.Anchors = append(in.doc.Anchors, value)
		}
	}
	in.at += len(element[0])
}

// closeBracket reads what stands behind a ], and makes a link of it and of the [ that it belongs to.
func (in *inline) closeBracket() {
	last := len(in.brackets) - 1
	if last < 0 {
		return
	}
	b := in.brackets[last]
	in.brackets = in.brackets[:last]
	text, rest := in.text[b.at:in.at-1], in.text[in.at:]
	l := Link{Picture: b.picture}
	switch {
	case b.inactive:
		return
	case strings.HasPrefix(rest, "("):
		target, length, ok := destination(rest[1:])
		if l.Target = target; ok {
			in.at += 1 + length
		} else {
			l.Target, _, _ = strings.Cut(strings.TrimPrefix(rest, "("), "\n")
			l.Fault = misspelt
		}
	case strings.HasPrefix(rest, "[") && strings.Contains(rest, "]"):
		name, _, _ := strings.Cut(rest[1:], "]")
		in.at += len(name) + 2
		if name == "" {
			name = text
		}
		if in.definitions[label(name)] { // whose target is judged where it is defined
			in.deactivate(b)
			return
		}
		l.Target, l.Fault = name, "is defined nowhere"
	default:
		if in.definitions[label(text)] {
			in.deactivate(b)
		}
		return
	}
	in.link(b.at, l)
	in.deactivate(b)
}

// deactivate makes the brackets around a link plain text: links do not nest.
func (in *inline) deactivate(link bracket) {
	for i := range in.brackets {
		in.brackets[i].inactive = in.brackets[i].inactive || !link.picture && !in.brackets[i].picture
	}
}

// destination reads the target of a link from behind its ( to its ), and returns how long that is.
func destination(s string) (target string, length int, ok bool) {
	start := len(s) - len(strings.TrimLeft(s, " \n"))
	end := start
	if strings.HasPrefix(s[start:], "<") {
		long := strings.IndexAny(s[start+1:], ">\n")
		if long < 0 || s[start+1+long] == '\n' {
			return "", 0, false
		}
		target, end = s[start+1:start+1+long], start+long+2
	} else {
		depth := 0
	scan:
		for ; end < len(s); end++ {
			switch c := s[end]; {
			case c == '\\' && escaped.MatchString(s[end:min(end+2, len(s))]):
				end++
			case c == '(':
				depth++
			case c == ')' && depth == 0 || c <= ' ' || c == 0x7f:
				break scan
			case c == ')':
				depth--
			}
		}
		if depth != 0 {
			return "", 0, false
		}
		target = s[start:end]
	}
	target = html.UnescapeString(escaped.ReplaceAllString(target, "$1"))
	if behind := title.FindString(s[end:]); behind != "" {
		return target, end + len(behind), true
	}
	space := len(s[end:]) - len(strings.TrimLeft(s[end:], " \n"))
	return target, end + space + 1, strings.HasPrefix(s[end+space:], ")")
}

// address reads an address that stands in the text, without the punctuation of the sentence behind it.
func (in *inline) address(found string) {
	for {
		short := strings.TrimRight(found, "?!.,:;*_~'\"")
		if strings.HasSuffix(short, ")") && strings.Count(short, ")") > strings.Count(short, "(") {
			short = strings.TrimSuffix(short, ")")
		}
		if bracket := strings.IndexAny(short, "]|`"); bracket >= 0 {
			short = short[:bracket]
		}
		if short == found {
			break
		}
		found = short
	}
	in.link(in.at, Link{Target: html.UnescapeString(found)})
	in.plain.WriteString(found)
	in.at += len(found)
}

func (in *inline) link(at int, l Link) {
	l.Line = in.line(at)
	in.doc.Links = append(in.doc.Links, l)
}

// line returns the line of the file that a character stands in.
func (in *inline) line(at int) int { return in.first + strings.Count(in.text[:at], "\n") }

// before and after return the characters around the one at hand; 0 where there is none.
func (in *inline) before() rune { r, _ := utf8.DecodeLastRuneInString(in.text[:in.at]); return r }
func (in *inline) after() rune  { r, _ := utf8.DecodeRuneInString(in.text[in.at+1:]); return r }

func isLetter(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// label is the name of a definition as it is compared.
func label(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// slug makes the name of a heading from its text, as GitHub does.
func slug(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || unicode.Is(unicode.Pc, r) || r == '-':
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(text))
}

// uniqueName returns name, with a number behind it if it is taken.
func uniqueName(taken []string, name string) string {
	free := name
	for i := 1; slices.Contains(taken, free); i++ {
		free = name + "-" + strconv.Itoa(i)
	}
	return free
}
