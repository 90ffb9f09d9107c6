package gguf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"glassbox/model/quant"
)

// raw is the text of a file that a test writes byte by byte.
type raw []byte

func (b raw) u32(list ...uint32) raw {
	for _, n := range list {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return b
}

func (b raw) u64(list ...uint64) raw {
	for _, n := range list {
		b = binary.LittleEndian.AppendUint64(b, n)
	}
	return b
}

func (b raw) text(s string) raw { return append(b.u64(uint64(len(s))), s...) }

// start returns how a file of so many tensors and keys begins.
func start(tensors, keys uint64) raw { return raw(magic).u32(3).u64(tensors, keys) }

// tensor adds what the header says of a tensor; dims stand as in the file, innermost first.
func (b raw) tensor(name string, typ quant.Type, begin uint64, dims ...uint64) raw {
	return b.text(name).u32(uint32(len(dims))).u64(dims...).u32(uint32(typ)).u64(begin)
}

// data pads the header, and adds bytes that count up from 0.
func (b raw) data(n int) raw {
	b = pad(b, defaultAlignment)
	for i := range n {
		b = append(b, byte(i))
	}
	return b
}

// judge returns an error's parts and fails unless it is a FormatError of this file with a kind.
func judge(t *testing.T, err error, file string) *FormatError {
	t.Helper()
	var e *FormatError
	if !errors.As(err, &e) {
		t.Fatalf("error is %v of type %T, expected a *FormatError", err, err)
	}
	if e.File != file || e.Reason == nil || e.Reason.Kind == "" {
		t.Fatalf("error has file %q and reason %q, expected file %q and a reason with a kind", e.File, e.Reason, file)
	}
	return e
}

// fixtures returns the files of testdata, and those of the model's tests, by name.
func fixtures(tb testing.TB) map[string][]byte {
	tb.Helper()
	files := map[string][]byte{}
	for _, pattern := range []string{"testdata/*.gguf", "../../testdata/*/*.gguf"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			tb.Fatal(err)
		}
		for _, path := range paths {
			b, err := os.ReadFile(path)
			if err != nil {
				tb.Fatal(err)
			}
			files[filepath.Base(path)] = b
		}
	}
	if len(files) == 0 {
		tb.Fatal("there is no file in testdata")
	}
	return files
}

func TestAFileOfTheReferenceIsRead(t *testing.T) {
	f, err := Decode("gpt2", fixtures(t)["gpt2-q8_0.gguf"])
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Tensors) != 28 || len(f.Metadata) != 8 || f.Version != 3 {
		t.Fatalf("%d tensors, %d keys, version %d; expected 28, 8 and 3", len(f.Tensors), len(f.Metadata), f.Version)
	}
	if name, err := f.Text("general.name"); name != "random GPT-2" || err != nil {
		t.Errorf("its name is %q (%v)", name, err)
	}
	if n, err := f.Uint("gpt2.attention.head_count"); n != 4 || err != nil {
		t.Errorf("it has %d heads (%v)", n, err)
	}
	if x, err := f.Float("gpt2.attention.layer_norm_epsilon"); float32(x) != 1e-5 || err != nil {
		t.Errorf("its ε is %v (%v)", x, err)
	}
	up, ok := f.Tensor("blk.1.ffn_up.weight")
	if !ok || up.Type != quant.Q8_0 || !slices.Equal(up.Shape, []int{256, 64}) || len(up.Data) != 256*64/32*34 || up.Begin != 1888+83552 {
		t.Errorf("the tensor is %s of type %s and shape %v at byte %d, %d bytes", up.Name, up.Type, up.Shape, up.Begin, len(up.Data))
	}
	for _, tensor := range f.Tensors {
		v, err := tensor.Float32()
		if err := errors.Join(err, tensor.CheckFinite()); err != nil || len(v) != tensor.Len() {
			t.Errorf("%s: %d values (%v)", tensor.Name, len(v), err)
		}
		for i := 0; i < len(v); i += 37 {
			cols := tensor.Shape[len(tensor.Shape)-1]
			size := len(tensor.Data) / (len(v) / cols)
			if one := quant.At(tensor.Type, tensor.Data[i/cols*size:][:size], i%cols); one != v[i] {
				t.Errorf("%s: value %d is %v, alone %v", tensor.Name, i, v[i], one)
			}
		}
	}
}

// TestTheHeadOfALargerFileIsEnough reads the header of stories260K, whose tokenizer stands in its metadata.
func TestTheHeadOfALargerFileIsEnough(t *testing.T) {
	const size = 535552
	head, err := os.ReadFile("testdata/stories260K.head")
	if err != nil {
		t.Fatal(err)
	}
	f, err := DecodeHead("stories", head, size)
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := f.Texts("tokenizer.ggml.tokens")
	if err != nil || len(tokens) != 512 || !slices.Equal(tokens[:4], []string{"<unk>", "<s>", "</s>", "<0x00>"}) {
		t.Errorf("%d tokens, the first of which are %q (%v)", len(tokens), tokens[:min(4, len(tokens))], err)
	}
	scores, err := f.Floats("tokenizer.ggml.scores")
	if err != nil || len(scores) != 512 || scores[300] != -41 {
		t.Errorf("%d scores, of which number 300 is %v (%v)", len(scores), scores[300], err)
	}
	types, err := f.Ints("tokenizer.ggml.token_type")
	if err != nil || len(types) != 512 || !slices.Equal(types[:4], []int{2, 3, 3, 6}) {
		t.Errorf("%d types, %v (%v)", len(types), types[:4], err)
	}
	last := f.Tensors[len(f.Tensors)-1]
	if last.Name != "output_norm.weight" || last.Begin+4*64 != 521216+256+14080 || last.Data != nil {
		t.Errorf("%s begins at %d and has %d bytes", last.Name, last.Begin, len(last.Data))
	}
	if _, err := DecodeHead("cut", head, size-1000); err == nil || judge(t, err, "cut").Reason.Kind != "fileEnds" {
		t.Errorf("a file that ends before its last tensor is read (%v)", err)
	}
}

func TestAskingAgainLeadsToTheWholeHead(t *testing.T) {
	head, err := os.ReadFile("testdata/stories260K.head")
	if err != nil {
		t.Fatal(err)
	}
	const size = 535552
	rounds, have := 0, int64(0)
	for {
		need := HeadBytes(head[:have], size)
		if need <= have {
			break
		}
		if rounds++; rounds > 20 {
			t.Fatal("it asks for ever")
		}
		have = min(need, int64(len(head)))
	}
	if _, err := DecodeHead("stories", head[:have], size); err != nil {
		t.Error(err)
	}
	for _, b := range []raw{raw("GGML"), raw(magic).u32(9), start(1<<40, 0), start(0, 1).u64(1 << 50)} {
		if need := HeadBytes(b, 1<<40); need > int64(len(b)) {
			t.Errorf("%q needs %d bytes more", b, need)
		}
	}
}

func TestAFileThatEndsEarlyIsSaidToBeIncomplete(t *testing.T) {
	for name, b := range fixtures(t) {
		whole, err := Decode(name, b)
		if err != nil {
			t.Fatal(err)
		}
		end := 0
		for _, tensor := range whole.Tensors {
			end = max(end, int(tensor.Begin)+len(tensor.Data))
		}
		for _, n := range []int{1, 3, 4, 7, 8, 23, 24, 31, 100, 1000, 1200, 1900, end / 2, end - 1} {
			_, err := Decode(name, b[:n])
			if err == nil {
				t.Fatalf("%s: %d bytes of %d are read", name, n, len(b))
			}
			if e := judge(t, err, name); e.Reason.Kind != "headerCut" && e.Reason.Kind != "fileEnds" || !strings.Contains(err.Error(), "incomplete") {
				t.Errorf("%s: %d bytes of %d: %v", name, n, len(b), err)
			}
		}
		if _, err := Decode(name, b[:end]); err != nil {
			t.Errorf("%s: padding at the end is missed: %v", name, err)
		}
	}
}

// corrupt lists files that must be refused, each with the key or the tensor and the words that the error must name.
var corrupt = []struct {
	b      raw
	name   string
	reason string
}{
	{nil, "", "the file is empty"},
	{raw("GGML"), "", `this is no GGUF file: it begins with "GGML", expected "GGUF" (at byte 0)`},
	{raw("PK"), "", `it begins with "PK"`},
	{raw("GG"), "", "ends after 2 bytes, inside of its header"},
	{raw(magic).u32(1).u32(0, 0), "", "of version 1 of GGUF, expected 2 or 3 (at byte 4)"},
	{raw(magic).u32(4).u64(0, 0), "", "of version 4"},
	{raw(magic).u32(0).u64(0, 0), "", "of version 0"},
	{raw(magic).u32(3<<24).u64(0, 0), "", "big-endian"},
	{start(1<<63, 0), "", "said to have 9223372036854775808 tensors, expected at most 1048576 (at byte 8)"},
	{start(0, 1<<40), "", "said to have 1099511627776 keys, expected at most 1048576 (at byte 16)"},
	{start(1<<20, 1<<20), "", "ends after 24 bytes"},

	// Keys and values.
	{start(0, 1).u64(1 << 62), "", "a name is said to have 4611686018427387904 bytes, expected at most 65535 (at byte 24)"},
	{start(0, 1).u64(1000), "", "ends after 32 bytes"},
	{start(0, 1).text("").u32(0), "", "a name is empty"},
	{start(0, 1).text("\xff").u32(0), "\xff", "the name is not UTF-8"},
	{start(0, 2).text("a").u32(uint32(Uint32), 7).text("a"), "a", "twice (at byte 41)"},
	{start(0, 1).text("a").u32(13), "a", "a value is of the kind 13, which is unknown; expected 0 to 12"},
	{start(0, 1).text("a").u32(math.MaxUint32), "a", "of the kind 4294967295"},
	{append(start(0, 1).text("a").u32(uint32(Bool)), 2), "a", "true or false is stored as 2, expected 1 or 0"},
	{append(start(0, 1).text("a").u32(uint32(List), uint32(Bool)).u64(3), 1, 0, 9), "a", "is stored as 9, expected 1 or 0 (at byte 51)"},
	{start(0, 1).text("a").u32(uint32(Text)).u64(1 << 40), "a", "a text is said to have 1099511627776 bytes"},
	{start(0, 1).text("a").u32(uint32(Text)).u64(5).u32(0), "", "ends after 49 bytes"},
	{start(0, 1).text("a").u32(uint32(List), 99).u64(0), "a", "of the kind 99"},
	{start(0, 1).text("a").u32(uint32(List), uint32(Uint8)).u64(1 << 60), "a", "a list is said to have 1152921504606846976 items, expected at most 268435456"},
	{start(0, 1).text("a").u32(uint32(List), uint32(Uint64)).u64(1 << 28), "", "ends after 49 bytes"},
	{start(0, 1).text("a").u32(uint32(List), uint32(Text)).u64(1 << 28), "", "ends after 49 bytes"},
	{start(0, 1).text("a").u32(uint32(List), uint32(List)).u64(1).u32(uint32(List)).u64(1).u32(uint32(List)).u64(1).u32(uint32(List)).u64(1), "a", "lists stand in one another more than 4 deep"},
	{start(0, 1).text(alignmentKey).u32(uint32(Uint32), 0), alignmentKey, "the value is 0 (uint32), expected a power of two up to 1048576"},
	{start(0, 1).text(alignmentKey).u32(uint32(Uint32), 48), alignmentKey, "the value is 48"},
	{start(0, 1).text(alignmentKey).u32(uint32(Uint32), 1<<31), alignmentKey, "the value is 2147483648"},
	{start(0, 1).text(alignmentKey).u32(uint32(Uint64)).u64(32), alignmentKey, "the value is 32 (uint64)"},

	// Tensors.
	{start(1, 0).tensor("", 0, 0, 1).data(4), "", "a name is empty"},
	{start(1, 0).tensor("\xc0", 0, 0, 1).data(4), "\xc0", "the name is not UTF-8"},
	{start(2, 0).tensor("w", 0, 0, 1).tensor("w", 0, 32, 1).data(36), "w", "two tensors of this name"},
	{start(1, 0).tensor("w", 0, 0, 1, 1, 1, 1, 1).data(4), "w", "shape has 5 dimensions, expected at most 4"},
	{start(1, 0).tensor("w", 0, 0, 1<<63, 2).data(4), "w", "shape [2, 9223372036854775808] has a dimension above"},
	{start(1, 0).tensor("w", 0, 0, 1<<40, 1<<40).data(4), "w", "shape [1099511627776, 1099511627776] of F32 is too large to count its bytes"},
	{start(1, 0).tensor("w", 0, 0, 1<<62).data(4), "w", "is too long to count its bytes"},
	{start(1, 0).tensor("w", 0, 0, 0, 1<<62).data(4), "w", "is too large to count its bytes"},
	{start(1, 0).tensor("w", quant.Q4_K, 0, 128, 2).data(144), "w", "a row has 128 values, expected a multiple of 256, for Q4_K has so many in a block"},
	{start(1, 0).tensor("w", quant.Q8_0, 0).data(34), "w", "a row has 1 value, expected"},
	{start(1, 0).tensor("w", 16, 0, 256).data(66), "w", "the element type IQ2_XXS is not computed here; computed are F32, F16"},
	{start(1, 0).tensor("w", 4, 0, 32).data(66), "w", "the element type Q4_2 is not"},
	{start(1, 0).tensor("w", 200, 0, 32).data(66), "w", "the element type 200 is not"},
	{start(1, 0).tensor("w", 0, 4, 1).data(8), "w", "said to begin at byte 4, expected a multiple of 32, the alignment"},
	{start(1, 0).tensor("w", 0, 1<<63, 1).data(8), "w", "said to begin at byte 9223372036854775808"},
	{start(1, 0).tensor("w", 0, 32, 1).data(35), "", "of 100 B only 99 B are here (missing: 1 B)"},
	{start(2, 0).tensor("v", 0, 0, 9).tensor("w", 0, 32, 1).data(64), "w", "begin at byte 128 of the file, inside of those of v, which end at 132"},
	{start(2, 0).tensor("v", 0, 32, 1).tensor("w", 0, 32, 1).data(64), "w", "inside of those of v"},
	{start(3, 0).tensor("v", 0, 0, 17).tensor("w", 0, 32, 0).tensor("x", 0, 64, 1).data(100), "x", "inside of those of v"},
}

func TestCorruptFilesAreRefusedByName(t *testing.T) {
	for _, c := range corrupt {
		_, err := Decode("bad", c.b)
		if err == nil {
			t.Errorf("%.80q is read, expected %s", c.b, c.reason)
			continue
		}
		if e := judge(t, err, "bad"); e.Key+e.Tensor != c.name || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%.80q: %v, expected %q to be blamed: %s", c.b, err, c.name, c.reason)
		}
	}
}

func TestWhatIsUncommonIsReadNonetheless(t *testing.T) {
	b := raw(magic).u32(2).u64(3, 2)
	b = b.text("n").u32(uint32(List), uint32(List)).u64(2).u32(uint32(Uint8)).u64(0).u32(uint32(Text)).u64(1).text("é")
	b = b.text(alignmentKey).u32(uint32(Uint32), 8)
	b = b.tensor("late", quant.F16, 16, 2, 3).tensor("none", quant.Q4_K, 0, 0, 7).tensor("one", quant.F32, 0)
	b = append(pad(b, 8), make([]byte, 40)...)
	binary.LittleEndian.PutUint32(b[len(b)-40:], math.Float32bits(1.5))
	f, err := Decode("odd", b)
	if err != nil {
		t.Fatal(err)
	}
	late, _ := f.Tensor("late")
	none, _ := f.Tensor("none")
	one, _ := f.Tensor("one")
	v, err := one.Float32()
	if f.Version != 2 || !slices.Equal(late.Shape, []int{3, 2}) || len(late.Data) != 12 || none.Len() != 0 || len(v) != 1 || v[0] != 1.5 || err != nil {
		t.Errorf("%+v, %+v, %+v: %v (%v)", late, none, one, v, err)
	}
	lists, _ := f.Value("n")
	var kinds []string
	for item := range lists.Items() {
		kinds = append(kinds, item.String())
	}
	if !slices.Equal(kinds, []string{"uint8 × 0", "string × 1"}) || lists.String() != "array × 2" {
		t.Errorf("the lists in a list are %q of %s", kinds, lists)
	}
}

func TestListsCostNothingUntilTheyAreAskedFor(t *testing.T) {
	b, err := Encode(&File{Metadata: []Entry{{"tokens", ListOf(make([]string, 100_000))}, {"scores", ListOf(make([]float32, 100_000))}}})
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f, err := Decode("long", b)
	runtime.ReadMemStats(&after)
	if spent := after.TotalAlloc - before.TotalAlloc; err != nil || spent > 100_000 {
		t.Errorf("%d bytes were allocated (%v)", spent, err)
	}
	if tokens, err := f.Texts("tokens"); len(tokens) != 100_000 || err != nil {
		t.Errorf("%d tokens (%v)", len(tokens), err)
	}
}

func TestTensorsShareTheBytesOfTheFileAndNoMore(t *testing.T) {
	b := start(2, 0).tensor("v", 0, 0, 1).tensor("w", 0, 32, 1).data(64)
	f, err := Decode("shared", b)
	if err != nil {
		t.Fatal(err)
	}
	f.Tensors[0].Data[0] = 99
	if b[f.Tensors[0].Begin] != 99 || cap(f.Tensors[0].Data) != 4 {
		t.Error("the first tensor does not share the bytes of the file, or reaches further than its own")
	}
}

func TestAValueIsAskedForByWhatItIs(t *testing.T) {
	f := &File{name: "m"}
	for key, v := range map[string]Value{
		"u8": Of(uint8(200)), "i8": Of(int8(-3)), "u16": Of(uint16(60000)), "i16": Of(int16(-300)), "u32": Of(uint32(4e9)), "i32": Of(int32(-7)),
		"u64": Of(uint64(math.MaxUint64)), "i64": Of(int64(math.MinInt64)), "f32": Of(float32(0.5)), "f64": Of(0.1), "yes": Of(true), "text": Of("ü\n"),
		"texts": ListOf([]string{"", "a", "bc"}), "ints": ListOf([]int32{-1, 2}), "floats": ListOf([]float32{1.5}), "doubles": ListOf([]float64{0.1}),
		"bools": ListOf([]bool{true, false}), "huge": ListOf([]uint64{math.MaxUint64}), "empty": ListOf([]int64{}),
	} {
		f.Set(key, v)
	}
	f.Set("i32", Of(int32(-8)))
	ask := map[string]func(key string) (any, error){
		"Uint": func(k string) (any, error) { return f.Uint(k) }, "Int": func(k string) (any, error) { return f.Int(k) },
		"Float": func(k string) (any, error) { return f.Float(k) }, "Bool": func(k string) (any, error) { return f.Bool(k) },
		"Text": func(k string) (any, error) { return f.Text(k) }, "Texts": func(k string) (any, error) { return f.Texts(k) },
		"Ints": func(k string) (any, error) { return f.Ints(k) }, "Floats": func(k string) (any, error) { return f.Floats(k) },
	}
	want := map[string]map[string]any{
		"u8": {"Uint": uint64(200), "Int": int64(200)}, "i8": {"Int": int64(-3)}, "u16": {"Uint": uint64(60000), "Int": int64(60000)},
		"i16": {"Int": int64(-300)}, "u32": {"Uint": uint64(4e9), "Int": int64(4e9)}, "i32": {"Int": int64(-8)},
		"u64": {"Uint": uint64(math.MaxUint64)}, "i64": {"Int": int64(math.MinInt64)}, "f32": {"Float": 0.5}, "f64": {"Float": 0.1},
		"yes": {"Bool": true}, "text": {"Text": "ü\n"}, "texts": {"Texts": []string{"", "a", "bc"}}, "ints": {"Ints": []int{-1, 2}},
		"floats": {"Floats": []float32{1.5}}, "doubles": {"Floats": []float32{0.1}}, "bools": {}, "huge": {}, "empty": {"Ints": []int{}}, "none": {},
	}
	for key, may := range want {
		for as, get := range ask {
			got, err := get(key)
			if x, ok := may[as]; ok && (err != nil || !reflect.DeepEqual(got, x)) {
				t.Errorf("%s of %s is %v (%v), expected %v", as, key, got, err, x)
			} else if !ok && (err == nil || judge(t, err, "m").Key != key) {
				t.Errorf("%s of %s is %v (%v), expected an error that names it", as, key, got, err)
			}
		}
	}
	for key, want := range map[string]string{"u64": "18446744073709551615", "i8": "-3", "f32": "0.5", "f64": "0.1", "yes": "true", "text": `"ü\n"`, "texts": "string × 3"} {
		if v, _ := f.Value(key); v.String() != want {
			t.Errorf("%s is written %s, expected %s", key, v, want)
		}
	}
	_, err := f.Uint("i8")
	if want := "m: metadata i8: the value is -3 (int8), expected a whole number that is not negative"; err.Error() != want {
		t.Errorf("%v, expected %s", err, want)
	}
}

func TestAValueThatIsNotFiniteIsNamed(t *testing.T) {
	x := make([]float32, 3*1024)
	w, err := FromFloat32("w", []int{3, 1024}, quant.F32, x)
	if err := errors.Join(err, w.CheckFinite()); err != nil {
		t.Fatal(err)
	}
	binary.LittleEndian.PutUint32(w.Data[4*(2*1024+17):], math.Float32bits(float32(math.Inf(-1))))
	if err := w.CheckFinite(); err == nil || !strings.Contains(err.Error(), "w: the value at (2, 17) is -Inf, expected a finite number") {
		t.Errorf("an infinite value: %v", err)
	}
	if _, err := FromFloat32("w", nil, quant.Q8_0, x[:33]); err == nil || judge(t, err, "").Tensor != "w" {
		t.Errorf("a row of 33 in Q8_0: %v", err)
	}
	if !bytes.Equal(w.Data[:4], []byte{0, 0, 0, 0}) {
		t.Error("0 is not written as zeros")
	}
}
