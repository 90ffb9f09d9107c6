package engine

import (
	"bytes"
	"math"
	"math/rand"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/quick"

	"glassbox/model/fault"
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
	set.Values = func(args []reflect.Value, r *rand.Rand) { args[0] = reflect.ValueOf(randomReply(r)) }
	if err := quick.Check(replies, set); err != nil {
		t.Error(err)
	}
}

// randomReply fills every field.
func randomReply(r *rand.Rand) (reply Reply) {
	fill(reflect.ValueOf(&reply).Elem(), r)
	return reply
}

// fill fills v as quick does, and the faults in it, which quick can't.
func fill(v reflect.Value, r *rand.Rand) {
	switch {
	case v.Type() == reflect.TypeFor[*fault.Fault]():
		v.Set(reflect.ValueOf(randomFault(r, deepestFault)))
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), r)
		}
	case v.Kind() == reflect.Pointer && r.Intn(4) > 0:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), r)
	case v.Kind() == reflect.Slice && r.Intn(4) > 0:
		n := r.Intn(6)
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(v.Index(i), r)
		}
	case v.Kind() != reflect.Pointer && v.Kind() != reflect.Slice:
		random, _ := quick.Value(v.Type(), r)
		v.Set(random)
	}
}

// randomFault returns a fault in which at most that many stand in one another, or nil.
func randomFault(r *rand.Rand, deepest int) *fault.Fault {
	if deepest == 0 || r.Intn(4) == 0 {
		return nil
	}
	var args []fault.Arg
	for range r.Intn(3) {
		args = append(args, fault.Arg{Text: randomText(r), Number: r.Int() - r.Int(), Fault: randomFault(r, deepest-1)})
		for range r.Intn(3) {
			args[len(args)-1].List = append(args[len(args)-1].List, randomText(r))
		}
	}
	return fault.Received(randomText(r), randomText(r), args)
}

func randomText(r *rand.Rand) string {
	v, _ := quick.Value(reflect.TypeFor[string](), r)
	return v.String()
}

func TestWhatStandsTooDeepInAFaultStaysEnglish(t *testing.T) {
	f := fault.New("inmost", "bad")
	for range deepestFault {
		f = fault.New("inTensor", "%s: %w", "w", f)
	}
	got, err := DecodeReply(EncodeReply(Reply{Fault: f}))
	if err != nil {
		t.Fatal(err)
	}
	inner := got.Fault
	for range deepestFault - 1 {
		inner = inner.Args[1].Fault
	}
	if got.Fault.Error() != f.Error() || inner.Args[1].Fault != nil || inner.Args[1].Text != "bad" || f.Args[1].Fault == nil {
		t.Errorf("what stands deepest is %+v", inner)
	}
}

func TestAFaultThatHoldsTooManyIsRefused(t *testing.T) {
	c := &codec{b: []byte{wireVersion}}
	id, none, one := 0, "", 1
	c.int(&id)
	beside := false
	c.bool(&beside)
	text(c, &none)
	for range 100_000 {
		c.b = append(c.b, 1) // there is one
		text(c, &none)
		text(c, &none)
		c.int(&one) // argument
		text(c, &none)
		c.int(&id)
		c.int(&id)
	}
	if _, err := DecodeReply(c.b); err == nil || !strings.Contains(err.Error(), "stand in one another") {
		t.Errorf("100000 faults in one another give %v", err)
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
	step := 1
	if runtime.GOARCH == "wasm" { // where it takes five times as long: each place of a pattern of eight bytes comes up
		step = 9
	}
	for n := 0; n < len(b); n += step {
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
		f.Add(EncodeReply(randomReply(r)))
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
