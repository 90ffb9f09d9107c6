package model

import (
	"strconv"
	"strings"
)

// Base returns the name of a step or weight within its block and head: "scores" of "h.1.attn.head.2.scores".
func (i Info) Base() string {
	if _, _, rest, ok := ParseHeadName(i.Name); ok {
		return rest
	}
	if _, _, rest, ok := ParseGroupName(i.Name); ok {
		return rest
	}
	if _, rest, ok := ofBlock(i.Name); ok {
		return rest
	}
	return i.Name
}

// BaseFor is Base for a weight where a step reads it: of a layer that makes several steps, "query.weight" is the part that
// makes this one.
func (i Info) BaseFor(reader Info) string {
	for _, in := range reader.Inputs {
		if in.Name == i.Name && (in.Cols < i.Cols || in.Rows > 0 && in.Rows < i.Rows) {
			if i.RowAxis == AxisOne {
				return reader.Base() + ".bias"
			}
			return reader.Base() + ".weight"
		}
	}
	return i.Base()
}

// blockName begins the names of what stands in block l.
func blockName(l int) string { return "h." + strconv.Itoa(l) + "." }

// layerName begins the names of the weights that Llama's published checkpoints have in block l.
func layerName(l int) string { return "model.layers." + strconv.Itoa(l) + "." }

// ofBlock splits the name of a step or weight that stands in a block, of whatever family, into the block's number and the rest.
func ofBlock(name string) (l int, rest string, ok bool) {
	if rest, published := strings.CutPrefix(name, "model.layers."); published {
		return parseBlockName("h." + rest)
	}
	return parseBlockName(name)
}

// InLastBlock returns a name in which "h.last." stands for the last block with that block's
// number. Other names are returned as they are.
func (c Config) InLastBlock(name string) string {
	if rest, ok := strings.CutPrefix(name, "h.last."); ok {
		return blockName(max(0, c.Blocks-1)) + rest
	}
	return name
}

// HeadName returns the name of head h of block l, with which those of its steps begin:
// "h.1.attn.head.2".
func HeadName(l, h int) string { return blockName(l) + "attn.head." + strconv.Itoa(h) }

// ParseHeadName takes apart a name that begins with HeadName: block, head, and what stands
// behind the next dot, if anything does.
func ParseHeadName(name string) (l, h int, rest string, ok bool) {
	l, rest, ok = parseBlockName(name)
	number, rest, _ := strings.Cut(strings.TrimPrefix(rest, "attn.head."), ".")
	h, err := strconv.Atoi(number)
	head := HeadName(l, h)
	if !ok || err != nil || h < 0 || name != head && !strings.HasPrefix(name, head+".") {
		return 0, 0, "", false
	}
	return l, h, rest, true
}

// GroupName returns the name of group g of block l, whose keys and values several heads may share: "h.1.attn.group.0".
func GroupName(l, g int) string { return blockName(l) + "attn.group." + strconv.Itoa(g) }

// ParseGroupName takes apart a name that begins with GroupName, as ParseHeadName does.
func ParseGroupName(name string) (l, g int, rest string, ok bool) {
	l, rest, ok = parseBlockName(name)
	number, rest, _ := strings.Cut(strings.TrimPrefix(rest, "attn.group."), ".")
	g, err := strconv.Atoi(number)
	group := GroupName(l, g)
	if !ok || err != nil || g < 0 || name != group && !strings.HasPrefix(name, group+".") {
		return 0, 0, "", false
	}
	return l, g, rest, true
}
