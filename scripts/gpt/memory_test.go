package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/fault"
)

// hollow writes a file of safetensors that says it holds a GPT-2 of so many blocks and C = 4096, and takes no room: its numbers are
// never written.
func hollow(t *testing.T, name string, blocks int) (size int64) {
	t.Helper()
	type entry struct {
		DType   string   `json:"dtype"`
		Shape   []int    `json:"shape"`
		Offsets [2]int64 `json:"data_offsets"`
	}
	header, at := map[string]entry{}, int64(0)
	add := func(name string, shape ...int) {
		n := int64(4)
		for _, d := range shape {
			n *= int64(d)
		}
		header[name] = entry{"F32", shape, [2]int64{at, at + n}}
		at += n
	}
	const C = 4096
	add("wte.weight", 50257, C)
	add("wpe.weight", 1024, C)
	for l := range blocks {
		h := "h." + string(rune('0'+l)) + "."
		for name, shape := range map[string][]int{"ln_1.weight": {C}, "ln_1.bias": {C}, "ln_2.weight": {C}, "ln_2.bias": {C},
			"attn.c_attn.weight": {C, 3 * C}, "attn.c_attn.bias": {3 * C}, "attn.c_proj.weight": {C, C}, "attn.c_proj.bias": {C},
			"mlp.c_fc.weight": {C, 4 * C}, "mlp.c_fc.bias": {4 * C}, "mlp.c_proj.weight": {4 * C, C}, "mlp.c_proj.bias": {C}} {
			add(h+name, shape...)
		}
	}
	add("ln_f.weight", C)
	add("ln_f.bias", C)
	text, err := json.Marshal(header)
	if err != nil {
		t.Fatal(err)
	}
	put(t, name, append(binary.LittleEndian.AppendUint64(nil, uint64(len(text))), text...))
	size = 8 + int64(len(text)) + at
	if err := os.Truncate(name, size); err != nil {
		t.Skip(err) // a system without files of this kind
	}
	return size
}

// TestWhatMemoryCannotHoldIsRefusedBeforeItIsRead holds it for a file of which only the header was ever written.
func TestWhatMemoryCannotHoldIsRefusedBeforeItIsRead(t *testing.T) {
	name := filepath.Join(t.TempDir(), "hollow.safetensors")
	size := hollow(t, name, 9)
	_, err := modelFiles(name, 1<<30)
	if want := "hollow.safetensors takes " + fault.Bytes(size) + " of memory, and 1.0 GB are free on this machine"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v; expected %s", err, want)
	}
	checkpoint := filepath.Join(t.TempDir(), "pytorch_model.bin")
	head, err := os.ReadFile("../../model/checkpoint/pytorch/testdata/ckpt.pt")
	if err != nil {
		t.Fatal(err)
	}
	put(t, checkpoint, head)
	if err := os.Truncate(checkpoint, 8<<30); err != nil {
		t.Skip(err)
	}
	if _, err := modelFiles(checkpoint, 2<<30); err == nil || !strings.Contains(err.Error(), "takes 16.0 GB of memory") {
		t.Errorf("a checkpoint of PyTorch: %v", err)
	}
}

func TestARunThatMemoryCannotHoldIsRefused(t *testing.T) {
	c := model.Config{Family: model.FamilyLlama, Vocab: 300, Context: 8192, Width: 576, Heads: 9, KeyValues: 3, Blocks: 30, Inner: 1536, Rotary: model.Rotary{Theta: 1e5}}
	err := checkTrace(c, 8192, 1<<30)
	var fit int
	if err == nil || !strings.Contains(err.Error(), "a run of 8192 tokens takes 1.") {
		t.Fatalf("a long run: %v", err)
	}
	_, expected, _ := strings.Cut(err.Error(), "expected ")
	if _, err := fmt.Sscanf(expected, "%d tokens at most", &fit); err != nil {
		t.Fatal(err)
	}
	if fit < 512 || checkTrace(c, fit, 1<<30) != nil || checkTrace(c, fit+1, 1<<30) == nil {
		t.Errorf("%d tokens are said to fit: %v", fit, err)
	}
}

func TestWhatIsFreeIsWhatTheMachineAndItsGroupAllow(t *testing.T) {
	root := t.TempDir()
	if free := freeAt(root); free != 0 {
		t.Errorf("where nobody tells, %d bytes are free", free)
	}
	put(t, filepath.Join(root, "proc/meminfo"), []byte("MemTotal:  9000 kB\nMemAvailable:    2048 kB\nSwapFree: 1024 kB\n"))
	if free := freeAt(root); free != 3<<20 {
		t.Errorf("of a machine %d bytes are free", free)
	}
	group := filepath.Join(root, "sys/fs/cgroup")
	put(t, filepath.Join(group, "memory.max"), []byte("max\n"))
	if free := freeAt(root); free != 3<<20 {
		t.Errorf("in a group without a limit %d bytes are free", free)
	}
	put(t, filepath.Join(group, "memory.max"), []byte("2097152\n"))
	put(t, filepath.Join(group, "memory.current"), []byte("1048576\n"))
	put(t, filepath.Join(group, "memory.stat"), []byte("anon 5\nactive_file 1000\ninactive_file 24\n"))
	if free := freeAt(root); free != 1<<20+1024 {
		t.Errorf("in a group %d bytes are free", free)
	}
}

func TestALinkToNowhereSaysWhereItLeads(t *testing.T) {
	link := filepath.Join(t.TempDir(), "model.gguf")
	if err := os.Symlink("nowhere.gguf", link); err != nil {
		t.Skip(err)
	}
	if _, err := gpt(t, "", "run", "-model", link, "-ids", "1"); err == nil || err.Error() != "model.gguf is a link to nowhere.gguf, where there is no such file" {
		t.Errorf("refused with %v", err)
	}
}
