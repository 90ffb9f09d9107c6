package foreign

import (
	"bytes"
	"slices"
	"strings"

	"glassbox/model/fault"
)

// A Kind is what a file is to a model whose files lie beside one another.
type Kind string

// The kinds of files. What is of none of them takes no part.
const (
	Weights         Kind = "weights"         // safetensors
	OtherWeights    Kind = "other"           // weights in a format that is not read
	Index           Kind = "index"           // model.safetensors.index.json: which tensor stands in which file
	Config          Kind = "config"          // config.json
	Tokenizer       Kind = "tokenizer"       // tokenizer.json
	Pieces          Kind = "pieces"          // tokenizer.model, SentencePiece
	TokenizerConfig Kind = "tokenizerConfig" // tokenizer_config.json
	Vocabulary      Kind = "vocabulary"      // vocab.json
	Merges          Kind = "merges"          // merges.txt
	Generation      Kind = "generation"      // generation_config.json
	Special         Kind = "special"         // special_tokens_map.json
	Template        Kind = "template"        // chat_template.jinja
)

// Classify returns what a file of size bytes is to a model, and, unless it is safetensors, what [File] says of it. head
// holds its first bytes. The name is asked only where the content fits several kinds.
func Classify(name string, head []byte, size int64) (Kind, *fault.Fault) {
	is := File(head, size)
	if is == nil {
		return Weights, nil
	}
	base := strings.ToLower(name[strings.LastIndexAny(name, `/\`)+1:])
	switch is.Kind {
	case "filePyTorch", "filePickle", "fileLlamaCPP", "fileTensorFlow", "fileFlax", "fileHDF5", "fileONNX", "fileNumPy", "fileLLMC", "fileLlama2C", "fileKeras", "fileOnDevice":
		return OtherWeights, is
	case "fileTokenizer", "fileIndex", "fileConfig", "fileJSON", "fileError", "fileText":
		return beside(base, head[:min(len(head), mostHead)]), is
	}
	return "", is
}

// beside tells apart the text files that stand beside weights.
func beside(base string, head []byte) Kind {
	b := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	switch {
	case strings.HasSuffix(base, ".jinja") && isText(b[:min(len(b), 64)]):
		return Template
	case len(b) > 0 && b[0] == '{':
		return besideJSON(base, topFields(b))
	case bytes.HasPrefix(b, []byte("#version:")) || base == "merges.txt" || base == "vocab.bpe":
		return Merges
	case !isText(b[:min(len(b), 64)]):
		return Pieces // the only one of them that is no text
	}
	return ""
}

// A field is one on the first level of a JSON object.
type field struct {
	name  string
	value byte // the first byte of its value; 0: it does not stand there any more
}

// besideJSON tells apart the JSON files of a model, by the fields on their first level.
func besideJSON(base string, fields []field) Kind {
	has := func(any ...string) bool {
		return slices.ContainsFunc(fields, func(f field) bool { return slices.Contains(any, f.name) })
	}
	switch {
	case has("weight_map"):
		return Index
	case has("peft_type", "lora_alpha", "base_model_name_or_path", "nbformat"):
		return ""
	case isVocabulary(base, fields):
		return Vocabulary
	case has("architectures", "n_embd", "n_layer", "n_head", "hidden_size", "num_hidden_layers", "num_attention_heads", "d_model", "activation_function"):
		return Config
	case has("added_tokens") && has("model", "normalizer", "pre_tokenizer", "decoder"):
		return Tokenizer
	case has("tokenizer_class", "added_tokens_decoder", "model_max_length"):
		return TokenizerConfig
	case has("_from_model_config", "do_sample", "max_new_tokens"), has("eos_token_id", "bos_token_id") && !has("model_type"):
		return Generation
	case len(fields) > 0 && !slices.ContainsFunc(fields, func(f field) bool { return !isSpecial(f.name) }):
		return Special
	case has("model_type", "vocab_size", "block_size", "n_positions", "transformers_version"):
		return Config
	}
	return map[string]Kind{
		"config.json": Config, "tokenizer.json": Tokenizer, "tokenizer_config.json": TokenizerConfig,
		"generation_config.json": Generation, "special_tokens_map.json": Special, "model.safetensors.index.json": Index,
	}[base]
}

// isVocabulary reports whether every value is a number: of a vocabulary, unless they are the few sizes of a model.
func isVocabulary(base string, fields []field) bool {
	numbers := !slices.ContainsFunc(fields, func(f field) bool { return f.value != 0 && (f.value < '0' || f.value > '9') })
	const sizes = 40 // that a configuration may have at most
	return numbers && len(fields) > 0 && (len(fields) > sizes || base == "vocab.json" || base == "encoder.json")
}

// isSpecial reports whether a name is that of a token with a task of its own.
func isSpecial(name string) bool {
	return strings.HasSuffix(name, "_token") || name == "additional_special_tokens" || name == "extra_special_tokens"
}
