package safetensors

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"glassbox/model/fault"
)

// fixtures returns the reference files of the model's tests by name.
func fixtures(tb testing.TB) map[string][]byte {
	tb.Helper()
	paths, err := filepath.Glob("../../testdata/*/*.safetensors")
	if err != nil || len(paths) < 11 {
		tb.Fatalf("found %d fixtures (%v), expected at least 11", len(paths), err)
	}
	files := map[string][]byte{}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		files[filepath.ToSlash(strings.TrimPrefix(path, "../../testdata/"))] = b
	}
	return files
}

// assemble returns a file of this header and this many bytes of data, which count up from 0.
func assemble(header string, data int) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	b = append(b, header...)
	for i := range data {
		b = append(b, byte(i))
	}
	return b
}

// judge returns an error's parts and fails unless it is a FormatError of this file.
func judge(t *testing.T, err error, file string) *FormatError {
	t.Helper()
	var e *FormatError
	if !errors.As(err, &e) {
		t.Fatalf("error is %v of type %T, expected a *FormatError", err, err)
	}
	if e.File != file || e.Reason == nil {
		t.Fatalf("error has file %q and reason %q, expected file %q and a reason", e.File, e.Reason, file)
	}
	return e
}

// oracle is what encoding/json understands of a header.
func oracle(b []byte) (map[string]string, map[string]oracleEntry, error) {
	n := binary.LittleEndian.Uint64(b)
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(b[8:8+n], &raw); err != nil {
		return nil, nil, err
	}
	metadata, entries := map[string]string{}, map[string]oracleEntry{}
	for key, value := range raw {
		if key == metadataKey {
			if err := json.Unmarshal(value, &metadata); err != nil {
				return nil, nil, err
			}
			continue
		}
		var e oracleEntry
		if err := json.Unmarshal(value, &e); err != nil {
			return nil, nil, err
		}
		e.Data = b[8+int(n)+e.Offsets[0] : 8+int(n)+e.Offsets[1]]
		entries[key] = e
	}
	return metadata, entries, nil
}

type oracleEntry struct {
	DType   string `json:"dtype"`
	Shape   []int  `json:"shape"`
	Offsets [2]int `json:"data_offsets"`
	Data    []byte `json:"-"`
}

// agree fails unless the file says what the oracle read from the same bytes.
func agree(t *testing.T, f *File, b []byte) {
	t.Helper()
	metadata, entries, err := oracle(b)
	if err != nil {
		t.Fatalf("encoding/json refuses an accepted header: %v", err)
	}
	if !reflect.DeepEqual(f.Metadata, metadata) {
		t.Fatalf("metadata is %q, encoding/json reads %q", f.Metadata, metadata)
	}
	if len(f.Tensors) != len(entries) {
		t.Fatalf("%d tensors, encoding/json reads %d", len(f.Tensors), len(entries))
	}
	for _, got := range f.Tensors {
		want, ok := entries[got.Name]
		if !ok || got.DType != want.DType || !reflect.DeepEqual(got.Shape, want.Shape) || !bytes.Equal(got.Data, want.Data) {
			t.Fatalf("tensor is %s %s %v of %d bytes, encoding/json reads %v",
				got.Name, got.DType, got.Shape, len(got.Data), want)
		}
	}
}

func TestFixturesAreReadAsAnIndependentReaderReadsThem(t *testing.T) {
	for name, b := range fixtures(t) {
		f, err := Decode(name, b)
		if err != nil {
			t.Fatal(err)
		}
		agree(t, f, b)
		for _, tensor := range f.Tensors {
			if err := tensor.CheckFinite(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestFixtureHoldsThePublishedShapes(t *testing.T) {
	f, err := Decode("weights", fixtures(t)["nano-sort/weights.safetensors"])
	if err != nil {
		t.Fatal(err)
	}
	attn, ok := f.Tensor("h.0.attn.c_attn.weight")
	if want := []int{48, 144}; !ok || !reflect.DeepEqual(attn.Shape, want) {
		t.Errorf("h.0.attn.c_attn.weight has shape %v (there: %v), expected %v", attn.Shape, ok, want)
	}
	if _, ok := f.Tensor("h.3.attn.c_attn.weight"); ok {
		t.Error("a fourth block is found in a model of three")
	}
	if !strings.Contains(f.Metadata["config"], `"n_embd": 48`) {
		t.Errorf("metadata is %q, expected a config with n_embd 48", f.Metadata)
	}
}

func TestTensorsAreInOrderOfTheirDataAndShareIt(t *testing.T) {
	b := assemble(`{"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]},
		"empty":{"shape":[0,7],"data_offsets":[3,3],"dtype":"F64"},
		"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}`+"  \n", 5)
	f, err := Decode("x", b)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Tensors) != 3 || f.Tensors[0].Name != "a" || f.Tensors[1].Name != "empty" || f.Tensors[2].Name != "b" {
		t.Fatalf("tensors are %v, expected a, empty, b", f.Tensors)
	}
	first := f.Tensors[0].Data
	if _ = append(first, 99); f.Tensors[2].Data[0] != 3 {
		t.Error("appending to one tensor changed the next")
	}
	if b[len(b)-1] = 77; f.Tensors[2].Data[1] != 77 {
		t.Error("a tensor is a copy of the file's bytes, expected the bytes themselves")
	}
}

func TestEmptyTensorsAtOnePlaceKeepTheHeadersOrder(t *testing.T) {
	// Tensors before and behind the one byte of data take turns, so that there is much to sort.
	header, before, behind := "", []string{}, []string{}
	for i := range 40 {
		before = append(before, fmt.Sprintf("before.%d", i*7%40))
		behind = append(behind, fmt.Sprintf("behind.%d", i*7%40))
		header += fmt.Sprintf(`"%s":{"dtype":"F32","shape":[0],"data_offsets":[1,1]},`, behind[i])
		header += fmt.Sprintf(`"%s":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},`, before[i])
	}
	f, err := Decode("x", assemble("{"+header+`"byte":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}`, 1))
	if err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for _, tensor := range f.Tensors {
		got = append(got, tensor.Name)
	}
	if want := slices.Concat(before, []string{"byte"}, behind); !slices.Equal(got, want) {
		t.Errorf("tensors are %v, expected %v", got, want)
	}
}

func TestStringsAreReadAsJSONMeansThem(t *testing.T) {
	for text, want := range map[string]string{
		`plain é🙂`:                             "plain é🙂",
		`\"\\\/\b\f\n\r\t`:                     "\"\\/\b\f\n\r\t",
		`\u0041\u00e9\u00E9\uABCD\uabcd\u0000`: "Aéé\uabcd\uabcd\x00",
		`a\ud83d\ude42b\uD83D\uDE42`:           "a🙂b🙂",
		`\ufffd`:                               "\ufffd",
		"\x7f\ufffd":                           "\x7f\ufffd",
	} {
		f, err := Decode("x", assemble(`{"__metadata__" : { "k"`+"\t:\r\n"+`"`+text+`"}}`, 0))
		if err != nil {
			t.Error(err)
		} else if got := f.Metadata["k"]; got != want {
			t.Errorf("%s is read as %q, expected %q", text, got, want)
		}
	}
}

func TestEveryTruncationIsRefused(t *testing.T) {
	b := fixtures(t)["tiny-gpt2-untied/weights.safetensors"]
	for n := range b {
		_, err := Decode("cut", b[:n:n])
		if err == nil {
			t.Fatalf("a file cut to %d of %d bytes is accepted", n, len(b))
		}
		judge(t, err, "cut")
	}
	_, err := Decode("long", append(bytes.Clone(b), 0))
	if e := judge(t, err, "long"); e.Offset != int64(len(b)) {
		t.Errorf("one byte too many is reported at %d, expected %d: %v", e.Offset, len(b), err)
	}
}

func TestErrorsNameFileTensorReasonAndByte(t *testing.T) {
	head := `{"wte.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"h.0.ln_1.bias":`
	b := assemble(head+`{"dtype":"F32","shape":[48],"data_offsets":[4,194]}}`, 194)
	_, err := Decode("sort.safetensors", b)
	want := "sort.safetensors: h.0.ln_1.bias: shape [48] of F32 needs 192 bytes, but data_offsets [4, 194] give 190 (at byte 87)"
	if err == nil || err.Error() != want {
		t.Errorf("error is  %v\nexpected  %v", err, want)
	}
	if at := 8 + len(head); at != 87 {
		t.Errorf("the entry begins at byte %d", at)
	}
}

func TestStrangeNamesStayLegibleInErrors(t *testing.T) {
	for name, want := range map[string]string{
		"h.0.ln_1.bias":             "f: h.0.ln_1.bias: bad",
		"a\nb":                      `f: "a\nb": bad`,
		"a: b":                      `f: "a: b": bad`,
		"a:b":                       `f: "a:b": bad`,
		"wörter":                    "f: wörter: bad",
		"\xff":                      `f: "\xff": bad`,
		strings.Repeat("long", 999): "f: " + strings.Repeat("long", 25) + "…: bad",
	} {
		e := &FormatError{File: "f", Tensor: name, Reason: fault.New("bad", "bad"), Offset: -1}
		if got := e.Error(); got != want {
			t.Errorf("error is %s, expected %s", got, want)
		}
	}
	if got := (&FormatError{Reason: fault.New("bad", "bad"), Offset: -1}).Error(); got != "safetensors: bad" {
		t.Errorf("an error about no file is %q", got)
	}
}

func TestLiesOfAHeaderCostNoMemory(t *testing.T) {
	lies := map[string][]byte{
		"header length": append(binary.LittleEndian.AppendUint64(nil, maxHeader), '{'),
		"shape":         assemble(`{"a":{"dtype":"F32","shape":[1000000000],"data_offsets":[0,4000000000]}}`, 8),
		"nesting":       assemble(strings.Repeat("[", 1<<16), 0),
		"nested values": assemble(`{"a":{"shape":`+strings.Repeat("[", 1<<16), 0),
	}
	for what, b := range lies {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Decode("lie", b)
		runtime.ReadMemStats(&after)
		judge(t, err, "lie")
		if spent := after.TotalAlloc - before.TotalAlloc; spent > 64<<10 {
			t.Errorf("a lie about %s cost %d bytes, expected at most 64 KiB", what, spent)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	file := fixtures(b)["nano-sort/weights.safetensors"]
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode("weights", file); err != nil {
			b.Fatal(err)
		}
	}
}

func TestMetadataThatAreNullAreEmpty(t *testing.T) {
	f, err := Decode("x", assemble(`{"__metadata__": null, "a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}`, 1))
	if err != nil || len(f.Metadata) != 0 || len(f.Tensors) != 1 {
		t.Errorf("%+v, %v", f, err)
	}
}
