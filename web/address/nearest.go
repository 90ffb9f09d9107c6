package address

import (
	"slices"
	"strings"

	"glassbox/web/say"
)

// meant returns the key that people and other programs call so, less its capitals and dashes; "" none.
func meant(name string) (key string) {
	switch name {
	case "prompt", "input", "sentence":
		return "text"
	case "topk":
		return "k"
	case "topp", "nucleus":
		return "p"
	case "temp":
		return "temperature"
	case "lang", "hl", "locale":
		return "language"
	case "checkpoint":
		return "model"
	}
	return ""
}

// meantInHash is meant of words that in a query belong to servers.
func meantInHash(name string) (key string) {
	switch name {
	case "txt", "query", "string":
		return "text"
	case "output", "written", "continuation", "completion":
		return "generated"
	case "tensor", "weight", "weights", "step":
		return "panel"
	case "row", "index", "number":
		return "cell"
	case "part", "block", "layer":
		return "stage"
	case "view", "zoom", "position", "pos":
		return "camera"
	case "random", "rng":
		return "seed"
	case "color", "colors", "colour", "colours", "norm":
		return "scale"
	case "dark", "light", "mode", "style":
		return "theme"
	case "lesson", "stop", "chapter", "tour":
		return "walk"
	case "head", "heads":
		return "attention"
	case "speed":
		return "pace"
	case "glossary":
		return "word"
	case "search":
		return "find"
	case "gpt", "file":
		return "model"
	}
	return meant(name)
}

// simple is a key without what people write in different ways.
func simple(key string) string {
	return strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(key))
}

// nearest returns which of the right keys is written with few letters others, at least so many of them in all; "" none.
func nearest(key string, letters int, names []string) (best string) {
	key = simple(key)
	if slices.Contains(names, key) {
		return key
	}
	if len(key) < letters || len(key) > mostName {
		return ""
	}
	least := 1 + min(2, len(key)/3) // in a short word each letter counts
	for _, name := range names {
		if d := distance(key, name); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance returns how many letters must be put in, left out, changed, or swapped with the next to make b of a.
func distance(a, b string) int {
	d := make([][]int, len(a)+1) // of the beginnings of a and b
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					d[i][j] = min(d[i][j], 1+d[i-2][j-2])
				}
			}
		}
	}
	return d[len(a)][len(b)]
}

// unknownInHash says that a key of the hash is none, and which is meant.
func (t Table) unknownInHash(key string) Warning {
	name, right := named(key), meantInHash(simple(key))
	if !slices.Contains(t.names(), right) {
		right = nearest(key, 0, t.names())
	}
	if right != "" {
		return Warning{name, say.Address.NoKeyNearest(right)}
	}
	if right = nearest(key, 0, settingNames()); right != "" {
		return Warning{name, say.Address.BehindQuery(right)}
	}
	return Warning{name, say.Address.NoKey()}
}

// unknownInQuery does so for a key of the query, if one is meant: the others are those of servers.
func (t Table) unknownInQuery(key string) (w Warning, ok bool) {
	name, right := named(key), meant(simple(key))
	if setting := nearest(key, 4, settingNames()); setting != "" && !slices.Contains(t.names(), simple(key)) {
		return Warning{name, say.Address.NoKeyNearest(setting)}, true
	}
	if !slices.Contains(t.names(), right) {
		right = nearest(key, 5, t.names())
	}
	return Warning{name, say.Address.BehindHash(right)}, right != ""
}

// named returns a key as far as a reader needs it.
func named(key string) string {
	const most = 40
	if r := []rune(strings.ToValidUTF8(unescape(key), "\ufffd")); len(r) > most {
		return string(r[:most]) + "…"
	} else {
		return string(r)
	}
}

func (t Table) names() (list []string) {
	for _, p := range t {
		list = append(list, p.Name)
	}
	return list
}

func settingNames() (list []string) {
	for _, s := range Settings(nil) {
		list = append(list, s.Name)
	}
	return list
}
