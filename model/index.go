package model

import "glassbox/model/safetensors"

// indexName is the tensor, ours alone, that says which row of wte.weight each token has.
const indexName = "wte.index"

// tensor returns the rows of all tokens as a file holds them: U16 where D is 65536 at most.
func (s *Sharing) tensor() safetensors.Tensor {
	rows := make([]int, len(s.rows))
	for id, row := range s.rows {
		rows[id] = int(row)
	}
	return safetensors.FromInts(indexName, []int{len(rows)}, rows)
}

// applyIndex sets V to the length of the index, if the file has one, and D to the rows of
// wte.weight. asserted says that V comes from a configuration, with which the index must agree.
func (s *source) applyIndex(c *Config, asserted bool) error {
	index, ok := s.tensors[indexName]
	if !ok {
		return nil
	}
	wte, hasWTE := s.tensors["wte.weight"]
	switch {
	case len(index.Shape) != 1:
		return s.tensorErrorf(index, "is %s; expected one size, (V)", shapeText(index.Shape))
	case !index.IsInt():
		return s.tensorErrorf(index, "holds numbers of the type %s; expected whole ones, such as U16", index.DType)
	case asserted && index.Shape[0] != c.Vocab:
		return s.tensorErrorf(index, "is %s; expected (%d), a row for each token", shapeText(index.Shape), c.Vocab)
	case !hasWTE || len(wte.Shape) != 2:
		return s.tensorErrorf(index, "names rows of wte.weight, which is no matrix (D, C) of this file")
	}
	c.Vocab, c.Distinct = index.Shape[0], wte.Shape[0]
	return nil
}

// sharing reads the index of a file for a model of these sizes.
func (s *source) sharing(c Config) (*Sharing, error) {
	index := s.tensors[indexName]
	rows, err := index.Ints()
	if err != nil {
		return nil, err
	}
	sharing, err := newSharing(rows, c.Distinct)
	if err != nil {
		return nil, s.tensorErrorf(index, "%v", err)
	}
	return sharing, nil
}
