package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/tokenizer"
)

// flushed is what has been written at each flush.
type flushed struct {
	bytes.Buffer
	at []string
}

func (f *flushed) Flush() error {
	f.at = append(f.at, f.String())
	return nil
}

func TestTokensAreWrittenAsTheyCome(t *testing.T) {
	var out flushed
	if err := dispatch([]string{"generate", "-model", nano, "-text", "CBABBC", "-tokens", "4", "-greedy"}, strings.NewReader(""), &out); err != nil {
		t.Fatal(err)
	}
	if want := []string{"CBABBCA", "CBABBCAB", "CBABBCABB", "CBABBCABBB"}; !slices.Equal(out.at, want) || out.String() != want[3]+"\n" {
		t.Errorf("after each token there stood %q, expected %q", out.at, want)
	}
}

// TestGenerateEndsWhereTheModelDoes: at the ids of its settings, one or several, unless it is to go on.
func TestGenerateEndsWhereTheModelDoes(t *testing.T) {
	for settings, want := range map[string]string{
		`{"_from_model_config": true, "eos_token_id": 1}`:      `{"ids":[2,1,0,1,1,2,0,1]}`,
		`{"_from_model_config": true, "eos_token_id": [2, 0]}`: `{"ids":[2,1,0,1,1,2,0]}`,
		`{"_from_model_config": true}`:                         `{"ids":[2,1,0,1,1,2,0,1,1,1,2,2]}`,
	} {
		dir := folder(t)
		put(t, filepath.Join(dir, "generation_config.json"), []byte(settings))
		args := []string{"generate", "-model", dir, "-ids", "2,1,0,1,1,2", "-tokens", "6", "-greedy", "-json"}
		if out, err := gpt(t, "", args...); err != nil || strings.TrimSpace(out) != want {
			t.Errorf("with %s it wrote %s, %v; expected %s", settings, out, err, want)
		}
		if out, err := gpt(t, "", append(args, "-past-end")...); err != nil || strings.TrimSpace(out) != `{"ids":[2,1,0,1,1,2,0,1,1,1,2,2]}` {
			t.Errorf("with %s and -past-end it wrote %s, %v", settings, out, err)
		}
	}
}

// chatting writes a random Llama with the tokenizer of SmolLM2, cut to a part, and a chat template, and returns the folder.
func chatting(t *testing.T, template string) string {
	t.Helper()
	m, err := model.New(model.Config{Family: model.FamilyLlama, Vocab: 49152, Context: 128, Width: 8, Heads: 2, KeyValues: 1, Blocks: 1, Tied: true, Rotary: model.Rotary{Theta: 100}})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(3)
	weights, err := checkpoint.Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile("../../tokenizer/testdata/smollm.tokenizer.json")
	if err != nil {
		t.Fatal(err)
	}
	config, err := json.Marshal(map[string]string{"bos_token": "<|im_start|>", "eos_token": "<|im_end|>", "chat_template": template})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "chatting")
	put(t, filepath.Join(dir, "model.safetensors"), weights)
	put(t, filepath.Join(dir, "tokenizer.json"), table)
	put(t, filepath.Join(dir, "tokenizer_config.json"), config)
	return dir
}

const chatML = `{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}`

func TestChatWritesTheConversationAsTheTemplateDoes(t *testing.T) {
	dir := chatting(t, chatML)
	out, err := gpt(t, "", "generate", "-model", filepath.Join(dir, "model.safetensors"), "-chat", "system: Be brief.\nuser: What is it?", "-tokens", "1", "-json")
	if err != nil {
		t.Fatal(err)
	}
	var got struct{ IDs []int }
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	in := input{file: dir, text: "-"}
	_, words, _, err := in.load()
	if err != nil {
		t.Fatal(err)
	}
	b := words.Tokenizer.(*tokenizer.BPE)
	want := "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nWhat is it?<|im_end|>\n<|im_start|>assistant\n"
	tokens, err := b.EncodeSpecial(want)
	if err != nil || !slices.Equal(got.IDs[:len(got.IDs)-1], tokenizer.IDs(tokens)) {
		text, _ := b.Decode(got.IDs)
		t.Errorf("the conversation is %q, %v; expected %q", text, err, want)
	}
}

func TestAnAnswerAloneIsWritten(t *testing.T) {
	out, err := gpt(t, "", "generate", "-model", chatting(t, chatML), "-chat", "What is it?", "-tokens", "3", "-past-end")
	if err != nil || strings.Contains(out, "What") || strings.Contains(out, "<|im_") || !strings.HasSuffix(out, "\n") {
		t.Errorf("wrote %q, %v", out, err)
	}
}

// TestATemplateInAFileOfItsOwnIsRead, where transformers writes it since its fifth version.
func TestATemplateInAFileOfItsOwnIsRead(t *testing.T) {
	dir := chatting(t, "")
	put(t, filepath.Join(dir, "chat_template.jinja"), []byte(chatML))
	for _, name := range []string{dir, filepath.Join(dir, "model.safetensors")} {
		if out, err := gpt(t, "", "generate", "-model", name, "-chat", "What is it?", "-tokens", "3", "-past-end"); err != nil {
			t.Errorf("%s: wrote %q, %v", name, out, err)
		}
	}
}

func TestWhatHoldsNoConversationSaysWhy(t *testing.T) {
	for want, args := range map[string][]string{
		"bring no chat template":     {"generate", "-model", chatting(t, ""), "-chat", "Hello"},
		"is none of those":           {"generate", "-model", chatting(t, "{{ messages }}"), "-chat", "Hello"},
		"-chat is given beside":      {"generate", "-model", nano, "-chat", "A", "-text", "B"},
		"no chat template, so":       {"generate", "-model", nano, "-chat", "A"},
		"remove 3 to go on":          {"generate", "-model", nano, "-ids", "0,0,0,0,0,0,0,0,0,0,0,0,0,0"},
		"expected 0 to 2":            {"generate", "-model", nano, "-ids", "5", "-tokens", "0"},
		"6 tokens follow at most":    {"generate", "-model", nano, "-text", "CBABBC", "-tokens", "7"},
		"no step or weight named \"": {"explain", "-model", "../../model/testdata/tiny-llama", "-ids", "1", "", "0", "0"},
	} {
		if _, err := gpt(t, "", args...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v; expected %q", args, err, want)
		}
	}
}

// TestTokenizeReadsNoWeights: they need not be there, and of a file that memory can't hold only the header is read.
func TestTokenizeReadsNoWeights(t *testing.T) {
	dir := chatting(t, chatML)
	want, err := gpt(t, "", "tokenize", "-model", dir, "Once upon a time")
	if err != nil || !strings.Contains(want, "Once") {
		t.Fatalf("%q, %v", want, err)
	}
	hollow(t, filepath.Join(dir, "model.safetensors"), 2)
	if _, err := readingIn(dir); err != nil {
		t.Errorf("weights that are not read are refused with %v", err)
	}
	if err := os.Remove(filepath.Join(dir, "model.safetensors")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{dir, filepath.Join(dir, "tokenizer.json")} {
		if out, err := gpt(t, "", "tokenize", "-model", name, "Once upon a time"); err != nil || out != want {
			t.Errorf("without weights %s gives %q, %v; expected %q", filepath.Base(name), out, err, want)
		}
	}
	if err := os.Truncate(filepath.Join(dir, "tokenizer.json"), mostText+1); err != nil {
		t.Fatal(err)
	}
	if _, err := gpt(t, "", "tokenize", "-model", dir, "Once"); err == nil || !strings.Contains(err.Error(), "has 256.0 MB; expected 256.0 MB at most") {
		t.Errorf("a tokenizer that is too large: %v", err)
	}
}
