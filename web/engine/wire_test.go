package engine

import (
	"bytes"
	"math"
	"math/rand"
	"reflect"
	"testing"
	"testing/quick"
)

func TestWhatIsSentArrives(t *testing.T) {
	requests := func(q Request) bool {
		got, err := DecodeRequest(EncodeRequest(q))
		return err == nil && reflect.DeepEqual(got, q)
	}
	replies := func(r Reply) bool {
		got, err := DecodeReply(EncodeReply(r))
		return err == nil && reflect.DeepEqual(got, r)
	}
	set := &quick.Config{MaxCount: 300, Rand: rand.New(rand.NewSource(1))}
	if err := quick.Check(requests, set); err != nil {
		t.Error(err)
	}
	if err := quick.Check(replies, set); err != nil {
		t.Error(err)
	}
}

func TestNilAndEmptyStayApart(t *testing.T) {
	for _, q := range []Request{{}, {Run: &Run{}}, {Run: &Run{Want: []string{}, Generated: []int{}}}, {Load: &Load{File: []byte{}}}} {
		got, err := DecodeRequest(EncodeRequest(q))
		if err != nil || !reflect.DeepEqual(got, q) {
			t.Errorf("%+v arrives as %+v, %v", q, got, err)
		}
	}
}

func TestMaskedCellsArriveAsNaN(t *testing.T) {
	r := Reply{Values: &Values{Data: []float32{nan, float32(math.Inf(1)), -0.5}}}
	got, err := DecodeReply(EncodeReply(r))
	if err != nil || !same(got.Values.Data, r.Values.Data) {
		t.Errorf("%v arrives as %v, %v", r.Values.Data, got.Values, err)
	}
}

func TestEveryTruncatedMessageIsRefused(t *testing.T) {
	e := sorter(t)
	b := EncodeReply(ask(t, e, Request{ID: 2, Run: &Run{Text: "CB", Want: []string{"logits"}}}))
	for n := range b {
		if _, err := DecodeReply(b[:n]); err == nil {
			t.Fatalf("the first %d of %d bytes pass for a reply", n, len(b))
		}
	}
	if _, err := DecodeReply(append(b, 0)); err == nil {
		t.Error("a byte too many passes")
	}
}

func TestAHugeLengthAllocatesNothing(t *testing.T) {
	b := EncodeReply(Reply{Values: &Values{Data: []float32{}}})
	at := len(b) - 13 // the length of Data, before three float32
	huge := append(append(append([]byte(nil), b[:at]...), 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f), b[at+1:]...)
	n := testing.AllocsPerRun(10, func() {
		if _, err := DecodeReply(huge); err == nil {
			t.Fatal("a list of 2⁴⁸ floats passes")
		}
	})
	if n > 20 {
		t.Errorf("the message was refused after %v allocations", n)
	}
}

func FuzzWire(f *testing.F) {
	r := rand.New(rand.NewSource(2))
	for range 4 {
		if v, ok := quick.Value(reflect.TypeFor[Request](), r); ok {
			f.Add(EncodeRequest(v.Interface().(Request)))
		}
		if v, ok := quick.Value(reflect.TypeFor[Reply](), r); ok {
			f.Add(EncodeReply(v.Interface().(Reply)))
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if q, err := DecodeRequest(b); err == nil {
			again, err := DecodeRequest(EncodeRequest(q))
			if err != nil || !bytes.Equal(EncodeRequest(again), EncodeRequest(q)) {
				t.Errorf("request %+v comes back as %+v, %v", q, again, err)
			}
		}
		if r, err := DecodeReply(b); err == nil {
			again, err := DecodeReply(EncodeReply(r))
			if err != nil || !bytes.Equal(EncodeReply(again), EncodeReply(r)) {
				t.Errorf("reply %+v comes back as %+v, %v", r, again, err)
			}
		}
	})
}

// FuzzHandle feeds the engine with whatever request can be read.
func FuzzHandle(f *testing.F) {
	r := rand.New(rand.NewSource(3))
	for range 4 {
		if v, ok := quick.Value(reflect.TypeFor[Request](), r); ok {
			f.Add(EncodeRequest(v.Interface().(Request)))
		}
	}
	f.Add(EncodeRequest(Request{Run: greedy("CBA", 1)}))
	f.Add(EncodeRequest(Request{Explain: &Explain{Name: "sample.token"}}))
	f.Add(EncodeRequest(Request{Tensor: &Tensor{Name: "logits", From: -1, To: math.MaxInt}}))
	e := sorter(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		q, err := DecodeRequest(b)
		if err != nil || q.Run != nil && len(q.Run.Generated) > 1000 {
			return
		}
		e.Handle(q)
		if r := e.Handle(Request{ID: 1, Run: greedy("CBABBC")}); r.Error != "" && e.letters != nil {
			t.Errorf("after %+v the model no longer runs: %s", q, r.Error)
		}
	})
}

func benchmarkReply() Reply {
	return Reply{Values: &Values{Name: "x", Rows: 256, Cols: 1024, Data: make([]float32, 256*1024)}}
}

func BenchmarkEncodeMegabyte(b *testing.B) {
	r := benchmarkReply()
	b.SetBytes(1 << 20)
	for b.Loop() {
		EncodeReply(r)
	}
}

func BenchmarkDecodeMegabyte(b *testing.B) {
	wire := EncodeReply(benchmarkReply())
	b.SetBytes(1 << 20)
	for b.Loop() {
		if _, err := DecodeReply(wire); err != nil {
			b.Fatal(err)
		}
	}
}
