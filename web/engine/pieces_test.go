package engine

import (
	"runtime"
	"testing"
)

func TestAFileComesInPiecesAndIsWholeOrNotThere(t *testing.T) {
	var p Pieces
	copy(p.Room(0, 3, 5), "abc")
	if p.Whole() != nil {
		t.Error("three of five bytes are taken for the whole")
	}
	copy(p.Room(0, 3, 5), "abc")
	if p.Room(4, 1, 5) != nil || p.Room(3, 3, 5) != nil {
		t.Error("there is room for what belongs elsewhere")
	}
	copy(p.Room(3, 2, 5), "de")
	if got := string(p.Whole()); got != "abcde" {
		t.Errorf("the file is %q", got)
	}
	if p.Whole() != nil || p.Room(3, 2, 5) != nil {
		t.Error("it is still there")
	}
}

func TestAFileThatNobodyWantsMakesRoomForTheNext(t *testing.T) {
	const size = 64 << 20
	var p Pieces
	held := func() int {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	before := held()
	for range 3 {
		p.Room(0, 1, size)
		if more := held() - before; more > size+size/2 {
			t.Fatalf("%d MB are held for a file of %d MB", more>>20, size>>20)
		}
	}
	runtime.KeepAlive(&p)
}
