package chat

import (
	"strconv"
	"strings"
)

// tag is one of the tags of a template: "{{ … }}", which writes, or "{% … %}", which does something.
type tag struct {
	writes bool
	text   string // in one spelling: see spelled
}

// tags cuts a template into its tags. It returns false if it writes anything outside of them, or is broken. Spaces between
// tags are left out as transformers leaves them out (trim_blocks and lstrip_blocks of Jinja).
func tags(template string) (list []tag, ok bool) {
	before := "" // the end of the tag before
	for {
		start := strings.IndexByte(template, '{')
		for start >= 0 && start+1 < len(template) && strings.IndexByte("{%#", template[start+1]) < 0 {
			return nil, false
		}
		if start < 0 {
			return list, blank(template, before, "")
		}
		if start+2 >= len(template) || !blank(template[:start], before, template[start:start+3]) {
			return nil, false
		}
		kind := template[start+1]
		end := endOf(template[start+2:], kind)
		if end < 0 {
			return nil, false
		}
		inner := template[start+2 : start+2+end]
		before = template[start+2+end : start+4+end]
		if strings.HasSuffix(inner, "-") {
			inner, before = inner[:len(inner)-1], "-"+before
		}
		template = template[start+4+end:]
		if kind != '#' {
			text, ok := spelled(strings.TrimPrefix(inner, "-"))
			if !ok {
				return nil, false
			}
			list = append(list, tag{kind == '{', text})
		}
	}
}

// endOf returns where the end of a tag of that kind stands, outside of its strings; -1: nowhere.
func endOf(text string, kind byte) int {
	end := map[byte]string{'{': "}}", '%': "%}", '#': "#}"}[kind]
	quote := byte(0)
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0 && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case kind != '#' && (c == '\'' || c == '"'):
			quote = c
		case strings.HasPrefix(text[i:], end):
			return i
		}
	}
	return -1
}

// blank reports whether text between the end of a tag and the beginning of another writes nothing.
func blank(text, end, start string) bool {
	if strings.HasPrefix(end, "-") || strings.HasSuffix(start, "-") || end == "" && start == "" {
		return strings.TrimSpace(text) == ""
	}
	if end != "}}" && end != "" {
		text = strings.TrimPrefix(text, "\n")
	}
	if strings.HasPrefix(start, "{%") || strings.HasPrefix(start, "{#") {
		if line := text[strings.LastIndexByte(text, '\n')+1:]; len(line) < len(text) || end != "}}" {
			text = text[:len(text)-len(line)] + strings.TrimLeft(line, " \t")
		}
	}
	return text == "" || start == "" && text == "\n"
}

// spelled returns an expression without spaces and in one spelling: strings in double quotes, those that are joined as one,
// x['y'] as x.y.
func spelled(expression string) (string, bool) {
	var out strings.Builder
	pending, joining := "", false // a string, and whether a plus stands behind it
	flush := func() {
		if pending != "" {
			out.WriteString(strconv.Quote(pending[1:]))
		}
		if joining {
			out.WriteByte('+')
		}
		pending, joining = "", false
	}
	for i := 0; i < len(expression); {
		switch c := expression[i]; {
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			i++
		case c == '\'' || c == '"':
			text, n, ok := literal(expression[i:])
			if !ok {
				return "", false
			}
			if !joining {
				flush()
				pending = "\""
			}
			pending, joining = pending+text, false
			i += n
		case c == '+' && pending != "" && !joining:
			joining = true
			i++
		default:
			flush()
			n := wordLength(expression[i:])
			if word := expression[i : i+n]; isName(c) && out.Len() > 0 && isName(out.String()[out.Len()-1]) {
				out.WriteString(" " + word)
			} else {
				out.WriteString(word)
			}
			i += n
		}
	}
	flush()
	return dotted(out.String()), true
}

// literal reads the string that text begins with, and returns its length there too.
func literal(text string) (value string, n int, ok bool) {
	var out strings.Builder
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == text[0]:
			return out.String(), i + 1, true
		case c == '\\' && i+1 < len(text):
			i++
			switch text[i] {
			case 'n':
				out.WriteByte('\n')
			case 't':
				out.WriteByte('\t')
			case '\\', '\'', '"':
				out.WriteByte(text[i])
			default:
				return "", 0, false
			}
		default:
			out.WriteByte(c)
		}
	}
	return "", 0, false
}

// wordLength returns the length of the name or number that text begins with, or 1.
func wordLength(text string) int {
	n := 0
	for n < len(text) && isName(text[n]) {
		n++
	}
	return max(n, 1)
}

func isName(c byte) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// dotted writes x["y"] as x.y.
func dotted(text string) string {
	for _, field := range []string{"role", "content"} {
		text = strings.ReplaceAll(text, `["`+field+`"]`, "."+field)
	}
	return text
}
