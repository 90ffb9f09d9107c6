package address

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"glassbox/web/run"
)

// Identifier accepts what can be the name of a model, a step or a weight.
func Identifier(v string) error {
	if len(v) > 200 {
		return fmt.Errorf("has %d characters; expected 200 at most", len(v))
	}
	for i := range len(v) {
		if c := v[i]; !plain(c) {
			return fmt.Errorf("%.40q is no name: expected letters, digits, dots, dashes and underscores", v)
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
			return nil, fmt.Errorf("has more than %d ids", mostIDs)
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
		return nil, fmt.Errorf("%.40q is no cell; expected row.column", v)
	}
	return &run.Cell{Row: ids[0], Col: ids[1]}, nil
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
		return 0, fmt.Errorf("%.40q; expected a whole number from 0 to %d", v, most)
	}
	return n, nil
}

func parseSeed(v string) (uint64, error) {
	n, err := strconv.ParseUint(v, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%.40q; expected a whole number from 0 to %d", v, uint64(math.MaxUint64))
	}
	return n, nil
}

// parseFloat reads a number from 0 to most.
func parseFloat(v string, most float64) (float32, error) {
	x, err := strconv.ParseFloat(v, 32)
	if err != nil || !(x >= 0 && x <= most) {
		return 0, fmt.Errorf("%.40q; expected a number from 0 to %v", v, most)
	}
	return max(0, float32(x)), nil // max makes −0 a 0
}

func formatFloat(x float32) string { return strconv.FormatFloat(float64(x), 'f', -1, 32) }

// Whole accepts whole numbers from 0 to most.
func Whole(most int) func(v string) (string, error) {
	return func(v string) (string, error) {
		n, err := ParseInt(v, most)
		return strconv.Itoa(n), err
	}
}
