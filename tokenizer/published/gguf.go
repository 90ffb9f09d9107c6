package published

import (
	"iter"
	"strings"

	"glassbox/model/fault"
	"glassbox/tokenizer"
)

// Metadata is that of a GGUF file. Each method returns an error for a key that is missing or of another type.
type Metadata interface {
	Has(key string) bool
	Text(key string) (string, error)
	Texts(key string) ([]string, error)
	Ints(key string) ([]int, error)
	Floats(key string) ([]float32, error)
	Uint(key string) (uint64, error)
	Bool(key string) (bool, error)
}

// The keys of GGUF, from docs/gguf.md of github.com/ggml-org/ggml.
const (
	keyModel   = "tokenizer.ggml.model"
	keyPre     = "tokenizer.ggml.pre"
	keyTokens  = "tokenizer.ggml.tokens"
	keyTypes   = "tokenizer.ggml.token_type"
	keyMerges  = "tokenizer.ggml.merges"
	keyScores  = "tokenizer.ggml.scores"
	keyBOS     = "tokenizer.ggml.bos_token_id"
	keyEOS     = "tokenizer.ggml.eos_token_id"
	keyEOT     = "tokenizer.ggml.eot_token_id"
	keyEOM     = "tokenizer.ggml.eom_token_id"
	keyUnknown = "tokenizer.ggml.unknown_token_id"
	keyPad     = "tokenizer.ggml.padding_token_id"
	keyAddBOS  = "tokenizer.ggml.add_bos_token"
	keyAddEOS  = "tokenizer.ggml.add_eos_token"
	keyPrefix  = "tokenizer.ggml.add_space_prefix"
	keyChat    = "tokenizer.chat_template"
)

// FromGGUF returns the tokenizer that metadata describes. It returns an [*UnknownError] for one of another kind, and the
// errors of the metadata for what is missing or of another type.
func FromGGUF(m Metadata) (*Tokenizer, error) { return FromGGUFCut(m, "") }

// FromGGUFCut returns the same, but with texts cut in one of the [Splits]; "": as the metadata say, or their tokens tell.
func FromGGUFCut(m Metadata, split string) (*Tokenizer, error) {
	g := &metadata{Metadata: m, split: split}
	spec, defaults := g.kind()
	spec.Tokens = g.texts(keyTokens)
	specials := g.specials(defaults, len(spec.Tokens))
	spec.Kinds = g.kinds(spec, specials)
	if spec.Spaced {
		spec.Unknown = specials.Unknown // a vocabulary of bytes leaves out a byte that has no token
	}
	if specials.AddSpacePrefix {
		spec.Prefix = tokenizer.PrefixEach
	}
	for id, kind := range spec.Kinds {
		if kind == tokenizer.Control || kind == tokenizer.Unknown || kind == tokenizer.UserDefined {
			spec.Added = append(spec.Added, tokenizer.Added{ID: id, Special: kind != tokenizer.UserDefined})
		}
	}
	template := g.template()
	if g.err != nil {
		return nil, g.err
	}
	b, err := tokenizer.NewBPE(spec)
	if err != nil {
		return nil, err
	}
	if lost := b.Lost(); lost.Count > 0 {
		g.notes = append(g.notes, fault.New("mergesUnused", "The list of merges of the tokenizer joins or makes what is no token %d time(s), first with %s and %s. These merges are left out.",
			lost.Count, fault.Legible(lost.Left), fault.Legible(lost.Right)))
	}
	return Tokenizer{Encoding: b, Specials: specials.WithEnds(b), Template: template, Notes: g.notes}.chatting(), nil
}

// metadata keeps the first error.
type metadata struct {
	Metadata
	split string // in which texts are to be cut; "": as the metadata say
	err   error
	notes []*fault.Fault
}

// keep keeps an error.
func (g *metadata) keep(err error) {
	if g.err == nil {
		g.err = err
	}
}

// kind returns what depends on the kind of the tokenizer: the beginning of its spec, and what a file means that does not
// say which tokens stand around a text.
func (g *metadata) kind() (tokenizer.Spec, tokenizer.Specials) {
	defaults := tokenizer.NoSpecials
	switch model := g.text(keyModel); model {
	case "gpt2":
		k := g.pre()
		spec := k.spec()
		spec.Merges = merges(g.texts(keyMerges))
		defaults.AddBOS = k.bos
		return spec, defaults
	case "llama":
		defaults.BOS, defaults.EOS, defaults.Unknown = 1, 2, 0
		defaults.AddBOS, defaults.AddSpacePrefix = true, true
		spec := tokenizer.Spec{Name: "sentencepiece", Spaced: true, Scores: g.floats(keyScores), FuseUnknown: true}
		g.notes = append(g.notes, recut(&spec, g.split)...)
		return spec, defaults
	default:
		g.keep(&UnknownError{keyModel, fault.Legible(model)})
		return tokenizer.Spec{}, defaults
	}
}

// pre returns what the kind of a byte-level encoding stands for. A file that does not say it was written before there was the key,
// or by a program that does not know: its tokens tell the families that are known here, and others are taken to be like GPT-2's.
func (g *metadata) pre() known {
	if g.split != "" {
		g.keep(CheckSplit(g.split))
		k, _ := bySplit(g.split)
		return k
	}
	name := preUnsaid
	if g.Has(keyPre) {
		name = g.text(keyPre)
	}
	if k, ok := byName[name]; ok {
		return k
	}
	if name != preUnsaid && name != "" {
		g.keep(&UnknownError{keyPre, fault.Legible(name)})
		return known{}
	}
	tokens := g.texts(keyTokens)
	at := func(id int) string {
		if id < len(tokens) {
			return tokens[id]
		}
		return ""
	}
	switch {
	case at(llama3Start) == "<|begin_of_text|>":
		return g.assume("llama-bpe")
	case at(qwen2End) == "<|endoftext|>":
		return g.assume("qwen2")
	case at(0) == "<|endoftext|>" && at(smolLMStart) == "<|im_start|>":
		return g.assume("smollm")
	}
	return g.assume("gpt-2")
}

// preUnsaid is the kind by which llama.cpp says that none is known.
const preUnsaid = "default"

// Where the vocabularies of some families have tokens that are theirs.
const (
	llama3Start = 128000
	qwen2End    = 151643
	smolLMStart = 1
)

// assume takes a kind that the file does not name, and notes it.
func (g *metadata) assume(name string) known {
	k := byName[name]
	g.notes = append(g.notes, preAssumed(string(k.name)))
	return k
}

// preAssumed says which of the Splits is taken for what the files do not say.
func preAssumed(split string) *fault.Fault {
	return fault.New("preAssumed", "The file does not say how its tokenizer cuts a text into words: the way of %s is taken, and tokens may differ from those that the model was trained with.", split)
}

// merges returns the pairs of a list such as "Ġ t". A piece may hold a space only at its start.
func merges(list []string) iter.Seq2[string, string] {
	return func(yield func(left, right string) bool) {
		for _, merge := range list {
			if left, right, ok := cutMerge(merge); ok && !yield(left, right) {
				return
			}
		}
	}
}

// cutMerge cuts a merge at the space between its two pieces.
func cutMerge(merge string) (left, right string, ok bool) {
	if merge == "" {
		return "", "", false
	}
	at := strings.IndexByte(merge[1:], ' ') + 1
	return merge[:at], merge[at+1:], at > 0 && at+1 < len(merge)
}

// specials returns what the file says of the tokens around a text.
func (g *metadata) specials(defaults tokenizer.Specials, vocab int) tokenizer.Specials {
	s := defaults
	for _, id := range []struct {
		key string
		to  *int
	}{{keyBOS, &s.BOS}, {keyEOS, &s.EOS}, {keyEOT, &s.EOT}, {keyEOM, &s.EOM}, {keyUnknown, &s.Unknown}, {keyPad, &s.Pad}} {
		*id.to = g.id(id.key, *id.to, vocab)
	}
	for _, flag := range []struct {
		key string
		to  *bool
	}{{keyAddBOS, &s.AddBOS}, {keyAddEOS, &s.AddEOS}, {keyPrefix, &s.AddSpacePrefix}} {
		if g.Has(flag.key) {
			yes, err := g.Bool(flag.key)
			g.keep(err)
			*flag.to = yes
		}
	}
	return s
}

// id returns the id that a key gives, or the one that is meant without it if the vocabulary has that.
func (g *metadata) id(key string, otherwise, vocab int) int {
	if !g.Has(key) {
		if otherwise < vocab {
			return otherwise
		}
		return -1
	}
	id, err := g.Uint(key)
	g.keep(err)
	if err == nil && id >= uint64(vocab) {
		g.notes = append(g.notes, fault.New("specialOutside", "The file says that %s is %d, which is no token; expected 0 to %d. It is left out.", key, id, vocab-1))
		return -1
	}
	return int(id)
}

// kinds returns the kinds of the tokens. Without the key, the special ones and those of bytes tell themselves.
func (g *metadata) kinds(spec tokenizer.Spec, s tokenizer.Specials) []tokenizer.Kind {
	kinds := make([]tokenizer.Kind, len(spec.Tokens))
	if !g.Has(keyTypes) {
		return guessKinds(kinds, spec, s)
	}
	types, err := g.Ints(keyTypes)
	g.keep(err)
	if len(types) != len(kinds) {
		g.keep(fault.New("typesCount", "%s has %d number(s) for %d token(s); expected as many", keyTypes, len(types), len(kinds)))
		return nil
	}
	for id, t := range types {
		kinds[id] = tokenizer.Normal
		if int(tokenizer.Normal) <= t && t <= int(tokenizer.Byte) {
			kinds[id] = tokenizer.Kind(t)
		}
	}
	return kinds
}

// guessKinds fills kinds where the file does not say them.
func guessKinds(kinds []tokenizer.Kind, spec tokenizer.Spec, s tokenizer.Specials) []tokenizer.Kind {
	for id, token := range spec.Tokens {
		kinds[id] = tokenizer.Normal
		if spec.Spaced && tokenizer.IsByte(token) {
			kinds[id] = tokenizer.Byte
		}
	}
	for _, id := range []int{s.BOS, s.EOS, s.EOT, s.EOM, s.Pad} {
		if id >= 0 {
			kinds[id] = tokenizer.Control
		}
	}
	if s.Unknown >= 0 {
		kinds[s.Unknown] = tokenizer.Unknown
	}
	return kinds
}

// template returns the chat template.
func (g *metadata) template() string {
	if !g.Has(keyChat) {
		return ""
	}
	return g.text(keyChat)
}

func (g *metadata) text(key string) string {
	text, err := g.Text(key)
	g.keep(err)
	return text
}

func (g *metadata) texts(key string) []string {
	texts, err := g.Texts(key)
	g.keep(err)
	return texts
}

func (g *metadata) floats(key string) []float32 {
	floats, err := g.Floats(key)
	g.keep(err)
	return floats
}
