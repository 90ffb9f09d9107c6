package scene

import (
	"strconv"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/scenetest"
)

// BenchmarkSetSteps measures how long a new structure takes until its first frame.
func BenchmarkSetSteps(b *testing.B) {
	for name, c := range scenetest.Models {
		infos := scenetest.Outline(b, c, 11)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s := New()
				s.SetSteps(c, infos)
				s.Frame(0)
			}
		})
	}
}

// BenchmarkFrame measures a frame in which only the camera moved.
func BenchmarkFrame(b *testing.B) {
	for name, c := range scenetest.Models {
		s := New()
		s.SetSteps(c, scenetest.Outline(b, c, 11))
		s.Frame(0)
		now := 0.0
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				now += 0.016
				s.Pan(0.01, 0)
				s.Frame(now)
			}
		})
	}
}

// BenchmarkDrag measures a frame in which the reader turns the model, of a short text and of a long one.
func BenchmarkDrag(b *testing.B) {
	for _, name := range []string{"gpt2", "smollm2"} {
		for _, T := range []int{3, 64} {
			s := ofText(b, scenetest.Models[name], T)
			s.Frame(0)
			now := 0.0
			b.Run(name+" "+strconv.Itoa(T), func(b *testing.B) {
				for b.Loop() {
					now += 0.016
					s.Orbit(0.01, 0)
					s.Frame(now)
				}
			})
		}
	}
}

// BenchmarkValues measures what a megabyte of values costs the frame that shows it.
func BenchmarkValues(b *testing.B) {
	c := model.Config{Vocab: 65, Context: 128, Width: 384, Heads: 6, Blocks: 6, Tied: true}
	s := New()
	s.SetSteps(c, scenetest.Outline(b, c, 64))
	data := make([]float32, 384*576)
	for i := range data {
		data[i] = float32(i*7919%1000)/500 - 1
	}
	for b.Loop() {
		s.SetValues("h.0.mlp.c_fc.weight", 0, 144, 1536, data)
		s.SetValues("h.1.attn.c_attn.weight", 0, 192, 1152, data)
		batch, _ := s.Frame(0)
		batch.Values.Changed = batch.Values.Changed[:0]
	}
}

// BenchmarkAFrameOfASecondScene draws a second tower of another text while the camera moves.
func BenchmarkAFrameOfASecondScene(b *testing.B) {
	for name, T := range map[string][2]int{"nano": {11, 4}, "gpt2": {60, 40}} {
		b.Run(name, func(b *testing.B) {
			first, second := pairOf(b, scenetest.Models[name], scenetest.Models[name], T[0], T[1])
			first.FlyTo([]string{"h.1.mlp.down"}, 0)
			together(first, second, 0)
			for b.Loop() {
				first.Pan(1, 0)
				second.Follow(first, 0)
			}
		})
	}
}
