package foreign

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"glassbox/model/fault"
)

// text tells apart what is written in characters.
func text(head []byte) *fault.Fault {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return plainText() // in UTF-16
	}
	b := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	if !isText(b[:min(len(b), 1024)]) || len(b) == 0 {
		return nil
	}
	lower := strings.ToLower(string(b[:min(len(b), 1024)]))
	switch {
	case strings.HasPrefix(lower, "version https://git-lfs") || strings.HasPrefix(lower, "version https://hawser"):
		return pointer(lower)
	case strings.HasPrefix(lower, "/annex/objects/") || strings.HasPrefix(lower, "../") && strings.Contains(lower, "/annex/objects/"):
		return fault.New("fileAnnex", "this is a pointer of git-annex to a file that was not fetched; run git annex get, or download the file itself")
	case strings.HasPrefix(lower, "<svg") || strings.HasPrefix(lower, "<?xml") && strings.Contains(lower, "<svg"):
		return image("SVG")
	case isHTML(lower):
		return fault.New("fileHTML", "this is a web page (HTML), and not the file: the address leads to a page about it, to a log-in or to an error; "+
			"open that page in a browser, and use its download button")
	case lower[0] == '<' && len(lower) > 1 && strings.ContainsAny(lower[1:2], "?!abcdefghijklmnopqrstuvwxyz"):
		return fault.New("fileXML", "this is XML, most often the message of a server that did not send the file; fetch the file again, "+
			"or look into this one with a text editor to see what it says")
	case isJSON(lower):
		return json(b)
	case strings.HasPrefix(lower, "#version:"):
		return tokenizer("merges.txt")
	case strings.HasPrefix(lower, "model_checkpoint_path:"):
		return tensorFlow()
	}
	return plainText()
}

func plainText() *fault.Fault {
	return fault.New("fileText", "this is plain text, without the weights of a model; expected a model in safetensors or GGUF")
}

// isText reports whether bytes, which may end inside of a character, are UTF-8 without control characters.
func isText(b []byte) bool {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			return len(b) < utf8.UTFMax && !utf8.FullRune(b)
		}
		if r < ' ' && !strings.ContainsRune("\t\n\r\f", r) || r == 0x7f {
			return false
		}
		b = b[n:]
	}
	return true
}

func isHTML(lower string) bool {
	for strings.HasPrefix(lower, "<!--") {
		_, behind, _ := strings.Cut(lower, "-->")
		lower = strings.TrimSpace(behind)
	}
	return slices.ContainsFunc([]string{"<!doctype html", "<html", "<head", "<title", "<meta", "<body", "<script", "<h1", "<div", "<p>"},
		func(tag string) bool { return strings.HasPrefix(lower, tag) }) ||
		strings.HasPrefix(lower, "<?xml") && strings.Contains(lower, "<html")
}

// pointer says which file a pointer of Git LFS stands for.
func pointer(lower string) *fault.Fault {
	_, rest, _ := strings.Cut(lower, "\nsize ")
	digits, _, _ := strings.Cut(rest, "\n")
	if n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64); err == nil && n >= 0 {
		return fault.New("filePointerOf", "this is a pointer of Git LFS to a file of %s that was not fetched; run git lfs pull, or download the file itself", fault.Bytes(n))
	}
	return fault.New("filePointer", "this is a pointer of Git LFS to a file that was not fetched; run git lfs pull, or download the file itself")
}

// isJSON reports whether a text begins like a list or an object.
func isJSON(lower string) bool {
	inside := strings.TrimLeft(lower[1:], " \t\r\n")
	return lower[0] == '{' && (inside == "" || strings.ContainsAny(inside[:1], "\"}")) ||
		lower[0] == '[' && inside != "" && strings.ContainsAny(inside[:1], "[{]\"-0123456789tfn")
}

// json tells apart the JSON files that stand beside a model, by the names on their first level.
func json(b []byte) *fault.Fault {
	names := topNames(b)
	has := func(any ...string) bool {
		return slices.ContainsFunc(any, func(name string) bool { return slices.Contains(names, name) })
	}
	switch {
	case has("weight_map"):
		return fault.New("fileIndex", "this is the index of a model in several files (model.safetensors.index.json), without weights; "+
			"open the .safetensors files that it names")
	case has("peft_type", "lora_alpha", "base_model_name_or_path"):
		return fault.New("fileAdapterConfig", "this is the configuration of an adapter (adapter_config.json), without weights; merge the adapter into its model "+
			"with peft (model.merge_and_unload()), and write that with save_pretrained")
	case has("tokenizer_class", "added_tokens", "added_tokens_decoder", "bos_token", "merges", "<|endoftext|>", "!"):
		return tokenizer("tokenizer.json")
	case has("architectures", "model_type", "n_embd", "n_layer", "n_head", "hidden_size", "vocab_size", "transformers_version", "d_model"):
		return fault.New("fileConfig", "this is the configuration of a model (config.json), without its weights; open the model.safetensors from the same place")
	case has("nbformat"):
		return fault.New("fileNotebook", "this is a notebook of Jupyter, without the weights of a model; expected a model in safetensors or GGUF")
	case has("error", "errors", "message", "detail"):
		return fault.New("fileError", "this is the message of a server (JSON) that did not send the file; fetch the file again, "+
			"or look into this one with a text editor to see what it says")
	}
	return fault.New("fileJSON", "this is a JSON file, without the weights of a model; expected a model in safetensors or GGUF")
}

func tokenizer(file string) *fault.Fault {
	return fault.New("fileTokenizer", "this is a tokenizer or a part of one (%s), without the weights of a model; open the model.safetensors from the same place", file)
}

// topNames returns the names of [topFields].
func topNames(b []byte) (names []string) {
	for _, f := range topFields(b) {
		names = append(names, f.name)
	}
	return names
}

// topFields returns the fields on the first level of a JSON object, as far as they stand in its first bytes. It does
// not check the JSON.
func topFields(b []byte) (fields []field) {
	depth := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			from := i + 1
			for i++; i < len(b) && b[i] != '"'; i++ {
				if b[i] == '\\' {
					i++
				}
			}
			to := min(i, len(b))
			if behind := bytes.TrimLeft(b[min(i+1, len(b)):], " \t\r\n"); depth == 1 && len(behind) > 0 && behind[0] == ':' {
				f := field{name: string(b[from:to])}
				if value := bytes.TrimLeft(behind[1:], " \t\r\n"); len(value) > 0 {
					f.value = value[0]
				}
				fields = append(fields, f)
			}
		}
	}
	return fields
}
