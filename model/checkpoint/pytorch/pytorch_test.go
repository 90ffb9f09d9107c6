package pytorch

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"glassbox/model/checkpoint/safetensors"
)

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func decode(t *testing.T, name string) *safetensors.File {
	t.Helper()
	f, err := Decode(name, read(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// numbers returns the values of a tensor of any type.
func numbers(t *testing.T, x safetensors.Tensor) (list []float32) {
	t.Helper()
	if safetensors.IsFloat(x.DType) {
		v, err := x.Float32()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	size := map[string]int{"I64": 8, "I32": 4, "I16": 2, "U16": 2, "I8": 1, "U8": 1, "BOOL": 1}[x.DType]
	for at := 0; at < len(x.Data); at += size {
		var b [8]byte
		copy(b[:], x.Data[at:at+size])
		list = append(list, float32(binary.LittleEndian.Uint64(b[:])))
	}
	return list
}

func TestTensorsOfEveryTypeAndStrideAreRead(t *testing.T) {
	f := decode(t, "odd.pt")
	six := []float32{0, 1, 2, 3, 4, 5}
	for name, want := range map[string]struct {
		dtype  string
		shape  []int
		values []float32
	}{
		"float32": {"F32", []int{2, 3}, six}, "float64": {"F64", []int{2, 3}, six}, "float16": {"F16", []int{2, 3}, six}, "bfloat16": {"BF16", []int{2, 3}, six},
		"int64": {"I64", []int{2, 3}, six}, "int32": {"I32", []int{2, 3}, six}, "int16": {"I16", []int{2, 3}, six}, "int8": {"I8", []int{2, 3}, six},
		"uint8": {"U8", []int{2, 3}, six}, "bool": {"BOOL", []int{2}, []float32{1, 0}}, "uint16": {"U16", []int{2}, []float32{1, 2}},
		"turned":    {"F32", []int{3, 2}, []float32{0, 3, 1, 4, 2, 5}},
		"middle":    {"F32", []int{2, 3}, []float32{8, 9, 10, 14, 15, 16}},
		"column":    {"F32", []int{4}, []float32{1, 7, 13, 19}},
		"cube":      {"F32", []int{4, 2, 3}, []float32{0, 4, 8, 12, 16, 20, 1, 5, 9, 13, 17, 21, 2, 6, 10, 14, 18, 22, 3, 7, 11, 15, 19, 23}},
		"scalar":    {"F32", nil, []float32{7}},
		"empty":     {"F32", []int{0, 3}, nil},
		"parameter": {"F32", []int{2, 3}, six},
	} {
		x, there := f.Tensor(name)
		if got := numbers(t, x); !there || x.DType != want.dtype || !slices.Equal(x.Shape, want.shape) || !slices.Equal(got, want.values) {
			t.Errorf("%s is %s %v %v; expected %v", name, x.DType, x.Shape, got, want)
		}
	}
	if len(f.Tensors) != 18 {
		t.Errorf("there are %d tensors", len(f.Tensors))
	}
}

func TestTheModelIsFoundAmongWhatATrainingSaves(t *testing.T) {
	f := decode(t, "ckpt.pt")
	wte, _ := f.Tensor("_orig_mod.transformer.wte.weight")
	head, there := f.Tensor("_orig_mod.lm_head.weight")
	if !there || !slices.Equal(wte.Shape, []int{7, 8}) || !bytes.Equal(wte.Data, head.Data) || &wte.Data[0] != &head.Data[0] {
		t.Errorf("the tied weights are %v and %v, and do not share their bytes", wte.Shape, head.Shape)
	}
	if len(f.Tensors) != 17 {
		t.Errorf("there are %d tensors", len(f.Tensors))
	}
	want := `{"n_layer": 1, "n_head": 2, "n_embd": 8, "block_size": 6, "bias": true, "vocab_size": 7, "dropout": 0}`
	if f.Metadata["config"] != want {
		t.Errorf("the configuration is %s", f.Metadata["config"])
	}
	if _, err := safetensors.Encode(f); err != nil {
		t.Error(err)
	}
}

// An entry is a file in an archive.
type entry struct {
	name, data string
}

// zipped returns an archive as PyTorch writes it.
func zipped(t testing.TB, method uint16, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		w, err := z.CreateHeader(&zip.FileHeader{Name: e.name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(e.data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A program writes operations of a pickle.
type program struct{ strings.Builder }

func (p *program) op(ops ...byte) *program { p.Write(ops); return p }

func (p *program) str(s string) *program {
	p.WriteByte(opText)
	p.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(s))))
	p.WriteString(s)
	return p
}

func (p *program) global(module, name string) *program {
	p.WriteString("c" + module + "\n" + name + "\n")
	return p
}

func (p *program) int(n int64) *program {
	p.op(opLong1, 8)
	p.Write(binary.LittleEndian.AppendUint64(nil, uint64(n)))
	return p
}

func (p *program) tuple(list ...int64) *program {
	p.op(opMark)
	for _, n := range list {
		p.int(n)
	}
	return p.op(opTuple)
}

// storage pushes the storage data/0 of so many float32.
func (p *program) storage(n int64) *program {
	p.op(opMark).str("storage").global("torch", "FloatStorage").str("0").str("cpu").int(n)
	return p.op(opTuple, opPersID)
}

// window pushes a tensor on it.
func (p *program) window(numbers, offset int64, size, stride []int64) *program {
	p.global("torch._utils", "_rebuild_tensor_v2").op(opMark).storage(numbers).int(offset).tuple(size...).tuple(stride...)
	return p.op(opFalse, opNone, opTuple, opReduce)
}

func begin() *program { return new(program).op(opProto, 2) }

// dict pushes a dictionary with one tensor.
func (p *program) dict(numbers, offset int64, size, stride []int64) string {
	return p.op(opEmptyDict).str("w").window(numbers, offset, size, stride).op(opSetItem, opStop).String()
}

func TestWhatIsNoTensorIsRefusedByName(t *testing.T) {
	storage := entry{"a/data/0", strings.Repeat("\x00", 24)}
	pickled := func(program string, more ...entry) []byte {
		return zipped(t, zip.Store, append([]entry{{"a/data.pkl", program}, storage}, more...)...)
	}
	window := func(numbers, offset int64, size, stride []int64) []byte {
		return pickled(begin().dict(numbers, offset, size, stride))
	}
	good := begin().dict(6, 0, []int64{2, 3}, []int64{3, 1})
	if _, err := Decode("x", pickled(good)); err != nil {
		t.Fatal(err)
	}
	for want, b := range map[string][]byte{
		"bare pickle, as torch.save wrote until":                     read(t, "old.pt"),
		"torch.nn.modules.linear.Linear of Python, which is no part": read(t, "module.pt"),
		"posix.system of Python":                                     pickled(begin().global("posix", "system").str("true").op(opTuple1, opReduce, opStop).String()),
		"builtins.eval of Python":                                    pickled(new(program).op(opProto, 4).str("builtins").str("eval").op(opStackGlobal, opStop).String()),
		"torch._utils._rebuild_sparse_tensor of Python":              pickled(begin().global("torch._utils", "_rebuild_sparse_tensor").op(opStop).String()),
		"torch.load of Python":                                       pickled(begin().global("torch", "load").op(opStop).String()),
		"most likely because the download was not finished":          pickled(good)[:300],
		"has no entry data.pkl":                                      zipped(t, zip.Store, entry{"a/model.json", "{}"}),
		"is compressed, which PyTorch does not do":                   zipped(t, zip.Deflate, entry{"a/data.pkl", good}, storage),
		"two entries named data.pkl":                                 pickled(good, entry{"b/data.pkl", good}),
		"two entries named a/data/0":                                 pickled(good, storage),
		"byte order big":                                             pickled(good, entry{"a/byteorder", "big"}),
		"a program of TorchScript":                                   pickled(good, entry{"a/constants.pkl", good}),
		"data/0 is missing in the archive":                           zipped(t, zip.Store, entry{"a/data.pkl", good}),
		"said to have 7 numbers of 4 bytes, and has 24 bytes":        window(7, 0, []int64{7}, []int64{1}),
		"said to have -1 numbers":                                    window(-1, 0, []int64{1}, []int64{1}),
		"has more numbers than its storage, 6":                       window(6, 0, []int64{1 << 30}, []int64{0}),
		"strides [3 1] begins at 1 and leaves its storage":           window(6, 1, []int64{2, 3}, []int64{3, 1}),
		"strides [1] begins at -1 and leaves":                        window(6, -1, []int64{2}, []int64{1}),
		"strides [1099511627776] begins at 0 and leaves":             window(6, 0, []int64{2}, []int64{1 << 40}),
		"no storage, or no shape with a stride for each dimension":   window(6, 0, []int64{2, 3}, []int64{3}),
		"9 dimensions; expected 8":                                   window(6, 0, []int64{1, 1, 1, 1, 1, 1, 1, 1, 1}, []int64{1, 1, 1, 1, 1, 1, 1, 1, 1}),
		"no dictionary of tensors":                                   pickled(begin().int(5).op(opStop).String()),
		"no tensors of a model":                                      pickled(begin().op(opEmptyDict, opStop).String()),
		"takes a value from where there is none":                     pickled(begin().op(opStop).String()),
		"ends in the middle of an operation":                         pickled(begin().str("w").String()),
		"a mark where there is none":                                 pickled(begin().op(opTuple).String()),
		"value 5, which it has not remembered":                       pickled(begin().op(opGet1, 5).String()),
		"of protocol 0":                                              pickled("\x80\x00."),
		"the operation 0x69":                                         pickled(begin().op('i').String()),
		"a number of 9 bytes":                                        pickled(begin().op(opLong1, 9).String()),
		"makes an object":                                            pickled(begin().op(opNewObj).String()),
		"sets what belongs to an object":                             pickled(begin().int(1).int(2).op(opBuild).String()),
		"adds to what is no list":                                    pickled(begin().int(1).int(2).op(opAppend).String()),
		"sets entries of what is no dictionary":                      pickled(begin().int(1).int(2).int(3).op(opSetItem).String()),
		"calls what is no name":                                      pickled(begin().int(1).tuple().op(opReduce).String()),
		"a name without an end":                                      pickled(begin().op(opGlobal).String() + strings.Repeat("a", 5000)),
		"more values than any checkpoint":                            pickled(begin().String() + strings.Repeat(")", maxStack+2)),
		"a text that is not UTF-8":                                   pickled(begin().str("\xff").String()),
		"refers to something that is no storage":                     pickled(begin().int(1).op(opPersID).String()),
		"refers to a storage without a class, a key or a size":       pickled(begin().op(opMark).str("storage").int(1).int(2).int(3).int(4).op(opTuple, opPersID).String()),
		"share their numbers so often":                               zipped(t, zip.Store, entry{"data.pkl", many(200, 600)}, entry{"data/0", strings.Repeat("\x00", 2400)}),
		"its pickle has 16777217 bytes":                              pickled(strings.Repeat("N", maxPickle+1)),
		"calls _rebuild_parameter with arguments that no tensor has": pickled(begin().global("torch._utils", "_rebuild_parameter").tuple(1).op(opReduce).String()),
		"makes a dictionary of what are no pairs (at byte":           pickled(begin().global("collections", "OrderedDict").tuple(1).op(opReduce).String()),
	} {
		if _, err := Decode("x.pt", b); err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "x.pt: ") {
			t.Errorf("it says %v; expected %q", err, want)
		}
	}
}

// many is a dictionary of n tensors, each the whole of one storage.
func many(n int, numbers int64) string {
	p := begin().op(opEmptyDict)
	p.global("torch._utils", "_rebuild_tensor_v2").op(opPut1, 0, opPop).storage(numbers).op(opPut1, 1, opPop)
	p.tuple(numbers).op(opPut1, 2, opPop).tuple(1).op(opPut1, 3, opPop)
	for i := range n {
		p.WriteString("\x8c\x02" + string([]byte{'a' + byte(i%26), 'a' + byte(i/26)}))
		p.op(opGet1, 0, opMark, opGet1, 1, opInt1, 0, opGet1, 2, opGet1, 3, opTuple, opReduce, opSetItem)
	}
	return p.op(opStop).String()
}

func TestALoopInAPickleEnds(t *testing.T) {
	p := begin().op(opEmptyDict, opPut1, 0).str("model").op(opGet1, 0, opSetItem).str("w").window(6, 0, []int64{6}, []int64{1}).op(opSetItem, opStop)
	f, err := Decode("loop", zipped(t, zip.Store, entry{"data.pkl", p.String()}, entry{"data/0", strings.Repeat("\x00", 24)}))
	if err != nil || len(f.Tensors) != 1 {
		t.Errorf("%v, %v", f, err)
	}
}

// FuzzDecode holds that no archive makes Decode panic, that what is refused is named, and that what is read can be written.
func FuzzDecode(f *testing.F) {
	for _, name := range []string{"odd.pt", "ckpt.pt", "module.pt", "old.pt"} {
		f.Add(read(f, name))
	}
	f.Fuzz(func(t *testing.T, b []byte) { hold(t, b) })
}

// FuzzPickle does the same with the pickle in an archive that is sound.
func FuzzPickle(f *testing.F) {
	for _, name := range []string{"odd.pt", "ckpt.pt", "module.pt"} {
		a, err := open(read(f, name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(a.pickle)
	}
	f.Add([]byte(many(3, 6)))
	f.Fuzz(func(t *testing.T, pickle []byte) {
		hold(t, zipped(t, zip.Store, entry{"a/data.pkl", string(pickle)}, entry{"a/data/0", strings.Repeat("\x3f", 224)}, entry{"a/data/1", strings.Repeat("\x3f", 192)}))
	})
}

func hold(t *testing.T, b []byte) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f, err := Decode("fuzz", b)
	runtime.ReadMemStats(&after)
	if most := uint64(1<<20 + 400*len(b)); after.TotalAlloc-before.TotalAlloc > most {
		t.Fatalf("%d bytes took %d bytes of memory", len(b), after.TotalAlloc-before.TotalAlloc)
	}
	if err != nil {
		if !strings.HasPrefix(err.Error(), "fuzz: ") {
			t.Fatalf("the error does not name the file: %v", err)
		}
		return
	}
	for _, x := range f.Tensors {
		if x.Name == "" || strings.HasPrefix(x.Name, "__metadata__") {
			return // which safetensors do not allow
		}
	}
	if _, err := safetensors.Encode(f); err != nil {
		t.Fatalf("what was read can't be written: %v", err)
	}
}
