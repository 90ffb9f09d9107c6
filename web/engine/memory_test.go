package engine

import (
	"bytes"
	"strings"
	"testing"
	"unsafe"

	"glassbox/model"
	"glassbox/model/checkpoint"
)

func TestATextThatMemoryCannotHoldIsRefused(t *testing.T) {
	e := New()
	ask(t, e, Request{Load: &Load{Name: "mine", File: otherModel(t, "nano-sort"), Heads: 3, Words: "numbers"}})
	m := e.trace.Model
	e.Memory = m.Bytes() + model.Budget + mostGarbage + m.Config.Kept(4)
	run := func(text string) Reply { return e.Handle(Request{ID: 1, Run: &Run{Text: text}}) }
	if r := run("1 2 0 1"); r.Error != "" || len(r.Ran.Tokens) != 4 {
		t.Errorf("four tokens, for which there is room: %+v", r)
	}
	if r := run("1 2 0 1 2"); !strings.Contains(r.Error, "has 5 tokens") || !strings.Contains(r.Error, "there is room for 4: remove 1 to go on") {
		t.Errorf("five tokens are refused with %q", r.Error)
	}
	if r := run("1 2"); r.Error != "" || len(r.Ran.Tokens) != 2 {
		t.Errorf("a shorter text after that: %+v", r)
	}
}

func TestLargeFilesBeginWhereAFloat32May(t *testing.T) {
	for _, sizes := range [][]int{{13, 100}, {100, 13, 100}, {3, 5, 100, 2, 96}, {98, 100}, {12}, {103}} {
		var all []byte
		var files []checkpoint.File
		for i, n := range sizes {
			all = append(all, bytes.Repeat([]byte{byte(i + 1)}, n)...)
		}
		at := 0
		for _, n := range sizes {
			files = append(files, checkpoint.File{Bytes: all[at:][:n:n]})
			at += n
		}
		aligned(all, files, 50)
		for i, f := range files {
			if !bytes.Equal(f.Bytes, bytes.Repeat([]byte{byte(i + 1)}, sizes[i])) {
				t.Errorf("of files of %d bytes number %d is now %v", sizes, i, f.Bytes)
			}
			start := uintptr(unsafe.Pointer(&f.Bytes[0])) - uintptr(unsafe.Pointer(&all[0]))
			if apart := start >= uintptr(len(all)); apart != (sizes[i] < 50) || !apart && start%4 != 0 && sizes[max(0, i-1)] < 50 {
				t.Errorf("of files of %d bytes number %d begins at %d", sizes, i, start)
			}
		}
	}
}

func TestWhatFitsInFewerBits(t *testing.T) {
	for weights, want := range map[int]string{124 << 20: "Q8_0", 1558 << 20: "Q4_0", 8 << 30: ""} {
		if as, n := Fewer(weights); as != want || n > PageMemory {
			t.Errorf("%d weights fit as %q in %d bytes; expected %q", weights, as, n, want)
		}
	}
}
