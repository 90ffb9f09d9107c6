package address

import (
	"errors"
	"strconv"
	"strings"

	"glassbox/web/run"
	"glassbox/web/say"
)

// MostTrail is the longest way: down all blocks of a large model. Of a longer one the
// beginning is forgotten.
const MostTrail = 200

// parseTrail reads a way as joinTrail writes it: "probabilities-5-1~logits-5-1".
func parseTrail(v string) (cells []run.Cell, err error) {
	if v == "" {
		return nil, nil
	}
	for item := range strings.SplitSeq(v, "~") {
		rest, col, ok := cutLast(item, "-")
		name, row, ok2 := cutLast(rest, "-")
		if !ok || !ok2 || name == "" {
			return nil, errors.New(say.Address.TrailForm())
		}
		c := run.Cell{Name: name}
		if c.Row, err = ParseInt(row, run.MostTopK); err != nil {
			return nil, err
		}
		if c.Col, err = ParseInt(col, run.MostTopK); err != nil {
			return nil, err
		}
		if cells = append(cells, c); len(cells) > MostTrail {
			return nil, errors.New(say.Address.TrailLong(MostTrail))
		}
	}
	return cells, Identifier(cells[0].Name)
}

// cutLast cuts s at the last separator.
func cutLast(s, separator string) (before, after string, found bool) {
	i := strings.LastIndex(s, separator)
	if i < 0 {
		return "", s, false
	}
	return s[:i], s[i+len(separator):], true
}

// joinTrail writes the cells of a way.
func joinTrail(cells []run.Cell) string {
	items := make([]string, len(cells))
	for i, c := range cells {
		items[i] = c.Name + "-" + strconv.Itoa(c.Row) + "-" + strconv.Itoa(c.Col)
	}
	return strings.Join(items, "~")
}
