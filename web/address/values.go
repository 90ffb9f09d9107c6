package address

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"glassbox/web/run"
	"glassbox/web/say"
)

// mostName is the longest name of a model, a step or a weight in a link, in bytes.
const mostName = 200

// Identifier accepts what can be the name of a model, a step or a weight.
func Identifier(v string) error {
	if len(v) > mostName {
		return errors.New(say.Address.NameLong(len(v), mostName))
	}
	for i := range len(v) {
		if c := v[i]; !plain(c) {
			return errors.New(say.Address.NoName(quoted(v)))
		}
	}
	return nil
}

// mostIDs is the longest list of ids in a link: the largest context of a model.
const mostIDs = 1 << 16

// ParseIDs reads a list of whole numbers, "0.1.1"; "" is none.
func ParseIDs(v string) ([]int, error) {
	if v == "" {
		return nil, nil
	}
	var ids []int
	for part := range strings.SplitSeq(v, ".") {
		id, err := ParseInt(part, run.MostTopK)
		if err != nil {
			return nil, err
		}
		if ids = append(ids, id); len(ids) > mostIDs {
			return nil, errors.New(say.Address.IdsLong(mostIDs))
		}
	}
	return ids, nil
}

// JoinIDs writes it.
func JoinIDs(ids []int) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = strconv.Itoa(id)
	}
	return strings.Join(parts, ".")
}

// ParseCell reads a cell, "row.column", without a name; "" is none.
func ParseCell(v string) (*run.Cell, error) {
	ids, err := ParseIDs(v)
	switch {
	case err != nil:
		return nil, err
	case v == "":
		return nil, nil
	case len(ids) != 2:
		return nil, errors.New(say.Address.NoCell(quoted(v)))
	}
	return &run.Cell{Row: ids[0], Col: ids[1]}, nil
}

// last stands for the number of the last row, which a link can't know: it depends on the text.
const last = "last"

// setCell reads a cell, "5.0" or "last.0".
func (l *Link) setCell(v string) error {
	col, atLast := strings.CutPrefix(v, last+".")
	if atLast {
		v = "0." + col
	}
	c, err := ParseCell(v)
	l.Cell, l.AtLast = c, atLast
	return err
}

// cell writes it.
func (l Link) cell() string {
	if l.Cell != nil && l.AtLast {
		return last + "." + strconv.Itoa(l.Cell.Col)
	}
	return JoinCell(l.Cell)
}

// JoinCell writes it; nil is "".
func JoinCell(c *run.Cell) string {
	if c == nil {
		return ""
	}
	return JoinIDs([]int{c.Row, c.Col})
}

// ParseInt reads a whole number from 0 to most.
func ParseInt(v string, most int) (int, error) {
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 || n > most {
		return 0, errors.New(say.Address.WholeRange(quoted(v), strconv.Itoa(most)))
	}
	return n, nil
}

func parseSeed(v string) (uint64, error) {
	n, err := strconv.ParseUint(v, 10, 64)
	if err != nil {
		return 0, errors.New(say.Address.WholeRange(quoted(v), strconv.FormatUint(math.MaxUint64, 10)))
	}
	return n, nil
}

// parseFloat reads a number from 0 to most.
func parseFloat(v string, most float64) (float32, error) {
	x, err := strconv.ParseFloat(v, 32)
	if err != nil || !(x >= 0 && x <= most) {
		return 0, errors.New(say.Address.Range(quoted(v), "0", strconv.FormatFloat(most, 'f', -1, 64)))
	}
	return max(0, float32(x)), nil // max makes −0 a 0
}

// quoted returns a value that is refused, as far as a reader needs it.
func quoted(v string) string { return fmt.Sprintf("%.40q", v) }

func formatFloat(x float32) string { return strconv.FormatFloat(float64(x), 'f', -1, 32) }

// Whole accepts whole numbers from 0 to most.
func Whole(most int) func(v string) (string, error) {
	return func(v string) (string, error) {
		n, err := ParseInt(v, most)
		return strconv.Itoa(n), err
	}
}
