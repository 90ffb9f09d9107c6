package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// onePage writes a page that can be served.
func onePage(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	html := `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-x'; worker-src blob:">`
	if err := os.WriteFile(file, []byte(html), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestServePrintsAnAddressAtWhichThePageIs(t *testing.T) {
	out, in := io.Pipe()
	go func() {
		in.CloseWithError(serveModel([]string{"-model", "../../model/testdata/tiny-llama", "-page", onePage(t), "-port", "0"}, nil, in))
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	found := regexp.MustCompile(`^tiny-llama is at (http://127\.0\.0\.1:\d+/)#token=\w{20,} \(Ctrl-C ends it\)\n$`).FindStringSubmatch(line)
	if err != nil || found == nil {
		t.Fatalf("it prints %q, %v", line, err)
	}
	answer, err := http.Get(found[1])
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if b, err := io.ReadAll(answer.Body); err != nil || !strings.Contains(string(b), "connect-src ws://127.0.0.1:") {
		t.Errorf("there stands %.100s, %v", b, err)
	}
}

func TestServeRefusesWhatIsNoModelOrNoPage(t *testing.T) {
	page := onePage(t)
	for says, args := range map[string][]string{
		"no such file":          {"-model", "nowhere.gguf", "-page", page},
		"no such file or":       {"-model", nano, "-page", "nowhere.html"},
		"rule for scripts":      {"-model", nano, "-page", "main.go", "-port", "0"},
		"is more than gpt":      {"-model", nano, "-page", page, "more"},
		"no model; expected we": {"-model", "../../docs", "-page", page},
	} {
		if err := serveModel(args, nil, io.Discard); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v: %v; expected %q", args, err, says)
		}
	}
}

// TestTheModelIsKnownBeforeItIsReadAndTheReadingIsTold, in parts, too.
func TestTheModelIsKnownBeforeItIsReadAndTheReadingIsTold(t *testing.T) {
	in := input{file: nano, alphabet: "xyz", notes: io.Discard}
	m, err := in.served()
	if err != nil {
		t.Fatal(err)
	}
	if h := m.Hello; h.Inspected.Config.Alphabet != "ABC" || h.Inspected.Words != "letters" || h.Size < 300_000 {
		t.Errorf("it is said to be %+v", h) // what the file says counts
	}
	last := int64(0)
	i, err := m.Read(func(bytes int64) { last = bytes })
	if err != nil || i.Model.Config.Vocab != 3 || last != int64(m.Hello.Size) {
		t.Errorf("of %d bytes %d are told, %v", m.Hello.Size, last, err)
	}
}

func TestRandomRefusesWhatItCanNotWrite(t *testing.T) {
	there := filepath.Join(t.TempDir(), "there.gguf")
	if err := os.WriteFile(there, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for says, args := range map[string][]string{
		"gpt2-124m":        {"-shape", "gpt9", "-o", "x.gguf"},
		"ends in .gguf":    {"-shape", "gpt2-124m", "-o", "x.safetensors"},
		"not written":      {"-shape", "gpt2-124m", "-o", "x.gguf", "-type", "Q6_K"},
		"-type is empty":   {"-shape", "gpt2-124m", "-o", "x.gguf", "-type", ""},
		"is there already": {"-shape", "Llama-3.2-1B", "-o", there},
	} {
		if err := randomModel(args, nil, io.Discard); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v: %v; expected %q", args, err, says)
		}
	}
}

// TestTheShapesAreThoseOfThePublishedModels, by the number of their parameters.
func TestTheShapesAreThoseOfThePublishedModels(t *testing.T) {
	for name, parameters := range map[string]int{"gpt2-124m": 124_439_808, "smollm2-135m": 134_515_008, "qwen3-0.6b": 596_049_920, "llama-3.2-1b": 1_235_814_400} {
		found := false
		for _, s := range shapes {
			if s.name == name {
				found = true
				if n := s.config.Parameters(); n != parameters || s.config.Validate() != nil {
					t.Errorf("%s has %d parameters; expected %d (%v)", name, n, parameters, s.config.Validate())
				}
			}
		}
		if !found {
			t.Errorf("there is no %s", name)
		}
	}
	if len(shapes) != 4 {
		t.Errorf("there are %d shapes", len(shapes))
	}
}
