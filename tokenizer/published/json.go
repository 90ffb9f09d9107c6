package published

import (
	"iter"

	"glassbox/model/fault"
	"glassbox/model/jsontext"
	"glassbox/tokenizer"
)

// FromJSON returns the tokenizer that Hugging Face's tokenizer.json describes, and what tokenizer_config.json, nil if there is
// none, says about the tokens around a text. It returns an [*UnknownError] for a tokenizer of another kind, and a
// [*jsontext.Error] for what is no such file.
func FromJSON(text, config []byte) (*Tokenizer, error) {
	c, err := readConfig(config)
	if err != nil {
		return nil, err
	}
	return fromJSON(text, c)
}

func fromJSON(text []byte, c config) (*Tokenizer, error) {
	f, err := readFile(text)
	if err != nil {
		return nil, err
	}
	spec, err := f.spec()
	if err != nil {
		return nil, err
	}
	specials, err := f.specials(spec.Unknown)
	if err != nil {
		return nil, err
	}
	if level, _ := f.parts["pre_tokenizer"].(map[string]any); step(level).kind() == "ByteLevel" {
		c.prefix(&spec)
	}
	t, err := finish(spec, specials, c)
	if err != nil {
		return nil, err
	}
	if lost := t.Encoding.Lost(); lost.Count > 0 {
		return nil, fault.New("mergesLost", "the list of merges joins or makes what is no token %d time(s), first with %s and %s; expected tokens of the vocabulary",
			lost.Count, fault.Legible(lost.Left), fault.Legible(lost.Right))
	}
	return t, nil
}

// finish makes the encoding, and obeys the configuration.
func finish(spec tokenizer.Spec, s tokenizer.Specials, c config) (*Tokenizer, error) {
	s.AddSpacePrefix = spec.Prefix != tokenizer.PrefixNone
	if err := CheckSplit(c.split); err != nil {
		return nil, err
	}
	notes := recut(&spec, c.split)
	b, err := tokenizer.NewBPE(spec)
	if err != nil {
		return nil, err
	}
	s = c.obey(s, b)
	return Tokenizer{Encoding: b, Specials: s.WithEnds(b), Template: c.template, Notes: notes}.chatting(), nil
}

// maxTree is the size in bytes of the largest part of a file that is read as a tree: what says how texts are cut. The tokens and
// merges, the bulk of a file, are read one by one.
const maxTree = 1 << 20

// file is a tokenizer.json.
type file struct {
	parts  map[string]any // its small parts
	model  map[string]any // those of the model
	tokens []string
	merges *jsontext.Reader // at the list of merges; nil: there is none
	added  []tokenizer.Added
	texts  map[string]int // ids of added tokens
}

// readFile reads all but the merges.
func readFile(text []byte) (*file, error) {
	r, err := jsontext.New(text)
	if err != nil {
		return nil, err
	}
	f := &file{parts: map[string]any{}, model: map[string]any{}, texts: map[string]int{}}
	err = r.Object(jsontext.InObject, func(key string) error {
		if key == "model" {
			return f.readModel(r)
		}
		return readPart(r, key, f.parts)
	})
	if err == nil {
		err = r.End()
	}
	if err == nil && f.merges == nil {
		err = &UnknownError{"model", "null"}
	}
	if err == nil {
		err = f.readAdded()
	}
	return f, err
}

// readPart reads a small value into parts.
func readPart(r *jsontext.Reader, key string, parts map[string]any) error {
	start, err := r.Skip(key)
	if err != nil {
		return err
	}
	if r.Pos-start > maxTree {
		return r.RefuseAt(start, fault.New("partTooLarge", "%s has more than %d byte(s)", fault.Legible(key), maxTree))
	}
	r.Pos = start
	parts[key], err = r.Tree(key)
	return err
}

// readModel reads the model, unless it is of another kind.
func (f *file) readModel(r *jsontext.Reader) error {
	var vocab *jsontext.Reader
	err := r.Object(jsontext.InObject, func(key string) error {
		if key != "vocab" && key != "merges" {
			return readPart(r, key, f.model)
		}
		at := *r
		_, err := r.Skip(key)
		if key == "vocab" {
			vocab = &at
		} else {
			f.merges = &at
		}
		return err
	})
	if err != nil {
		return err
	}
	if kind, has := f.model["type"]; has && kind != "BPE" || f.merges == nil || vocab == nil {
		return &UnknownError{"model.type", show(kind)}
	}
	f.tokens, err = readVocab(vocab)
	return err
}

// readVocab reads an object of tokens and their ids.
func readVocab(r *jsontext.Reader) (tokens []string, err error) {
	err = r.Members(jsontext.InObject, func(at int, token string) error {
		id, err := r.Integer("vocab")
		if err != nil {
			return err
		}
		return place(r, at, &tokens, id, token)
	})
	return tokens, err
}

// place puts a token that stands at a byte of the file at its id.
func place(r *jsontext.Reader, at int, tokens *[]string, id int64, token string) error {
	if id >= tokenizer.MaxVocab {
		return r.RefuseAt(at, fault.New("idTooLarge", "the token %s has the id %d; expected less than %d", fault.Legible(token), id, tokenizer.MaxVocab))
	}
	for int64(len(*tokens)) <= id {
		*tokens = append(*tokens, "")
	}
	if before := (*tokens)[id]; before != "" && before != token {
		return r.RefuseAt(at, fault.New("idTwice", "the tokens %s and %s both have the id %d", fault.Legible(before), fault.Legible(token), id))
	}
	(*tokens)[id] = token
	return nil
}

// readAdded reads the added tokens out of their part.
func (f *file) readAdded() error {
	list, _ := f.parts["added_tokens"].([]any)
	for _, item := range list {
		fields, _ := item.(map[string]any)
		id, ok := fields["id"].(float64)
		if !ok || id < 0 || id >= tokenizer.MaxVocab || id != float64(int(id)) {
			return &UnknownError{"added_tokens.id", show(fields["id"])}
		}
		f.add(int(id), fields)
	}
	return nil
}

// add adds a token. Its text counts, also if the vocabulary spells its id otherwise.
func (f *file) add(id int, fields map[string]any) {
	text, _ := fields["content"].(string)
	for len(f.tokens) <= id {
		f.tokens = append(f.tokens, "")
	}
	f.tokens[id] = text
	f.texts[text] = id
	f.added = append(f.added, tokenizer.Added{ID: id, Special: fields["special"] == true, Word: fields["single_word"] == true,
		Left: fields["lstrip"] == true, Right: fields["rstrip"] == true, Normalized: fields["normalized"] == true})
}

// pairs yields the merges, which stand as "Ġ t" or ["Ġ", "t"]. What is wrong in the list was found before: see checkMerges.
func (f *file) pairs() iter.Seq2[string, string] {
	return func(yield func(left, right string) bool) {
		r, goOn := *f.merges, true
		_ = eachMerge(&r, func(left, right string) { goOn = goOn && yield(left, right) })
	}
}

// checkMerges returns what is wrong in the list of merges.
func (f *file) checkMerges() error {
	r := *f.merges
	return eachMerge(&r, func(string, string) {})
}

// eachMerge calls found with the pairs of a list.
func eachMerge(r *jsontext.Reader, found func(left, right string)) error {
	return r.List("merges", func() error {
		r.Space()
		at := r.Pos
		if at < len(r.Text) && r.Text[at] == '[' {
			return pairMerge(r, at, found)
		}
		merge, err := r.Str()
		if err != nil {
			return err
		}
		left, right, ok := cutMerge(merge)
		if !ok {
			return refuseMerge(r, at)
		}
		found(left, right)
		return nil
	})
}

// pairMerge reads a merge that is a list of two pieces.
func pairMerge(r *jsontext.Reader, at int, found func(left, right string)) error {
	var pair [2]string
	n := 0
	err := r.List("merges", func() error {
		piece, err := r.Str()
		if err == nil && n == len(pair) {
			return refuseMerge(r, at)
		}
		if err == nil {
			pair[n] = piece
			n++
		}
		return err
	})
	if err != nil {
		return err
	}
	if n != len(pair) {
		return refuseMerge(r, at)
	}
	found(pair[0], pair[1])
	return nil
}

func refuseMerge(r *jsontext.Reader, at int) error {
	return r.RefuseAt(at, fault.New("mergeNoPair", "a merge is no pair; expected two pieces"))
}
