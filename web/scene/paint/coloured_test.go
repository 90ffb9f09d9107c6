package paint

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/golden"
	"glassbox/web/scene/scenetest"
)

// TestValuesAreColouredAsBefore: the golden file has the colours of both themes, and the norms of tensors by each scale.
func TestValuesAreColouredAsBefore(t *testing.T) {
	var out strings.Builder
	for _, theme := range []Theme{Light, Dark} {
		p := theme.Palette()
		fmt.Fprintf(&out, "\n== theme %v\n%s\nkinds %.3f %.3f %.3f\n", theme, golden.Text(p), p.Kind(model.KindWeight), p.Kind(model.KindActivation), p.Kind("aggregate"))
		for _, v := range []float64{-2, -1, -0.7, -0.3, -0.01, 0, 0.01, 0.3, 0.7, 1, 2} {
			c := p.Value(v)
			fmt.Fprintf(&out, "%v is %.3f, linear %.3f, ink %.3f, contrast %.2f, mixed %.3f\n", v, c, c.Linear(), p.InkOn(c), Contrast(c, p.Ink), c.Mix(p.Signal, 0.3))
		}
	}
	infos := scenetest.Outline(t, scenetest.Nano, 6)
	for _, scale := range []Scale{PerPanel, Shared, Fixed} {
		st := NewStore(1)
		st.Scale = scale
		st.Describe(infos, nil)
		r := rand.New(rand.NewPCG(2, 2))
		for _, in := range infos {
			data := make([]float32, in.Rows*in.Cols)
			for i := range data {
				data[i] = float32(r.NormFloat64())
			}
			st.Set(in.Name, 0, 0, in.Rows, in.Cols, data)
		}
		fmt.Fprintf(&out, "\n== scale %v, %d values, room %d\n", scale, len(st.Values.Data), st.Values.Room)
		for _, in := range infos {
			if in.Block <= 0 {
				v, ok := st.At(in.Name, in.Rows-1, in.Cols/2)
				fmt.Fprintf(&out, "%s: norm %.3f, slot %s, value %.3f %v\n", in.Name, st.Norm(in.Name), golden.Text(st.Slot(in.Name), "Info"), v, ok)
			}
		}
	}
	golden.Compare(t, "coloured", out.String())
}

func TestRoomIsTheNextPowerOfTwo(t *testing.T) {
	for n, want := range map[int]int{0: 16, 16: 16, 17: 32, 32: 32, 33: 64, 1000: 1024, 1024: 1024} {
		if got := roomy(n); got != want {
			t.Errorf("%d rows have room for %d; expected %d", n, got, want)
		}
	}
}

// TestAStoreHasRoomForWhatIsThereAndLittleMore: values that come one tensor after another don't take the room of a large model.
func TestAStoreHasRoomForWhatIsThereAndLittleMore(t *testing.T) {
	st := NewStore(1)
	infos := scenetest.Outline(t, scenetest.Nano, 6)
	st.Describe(infos, nil)
	for _, in := range infos {
		st.Set(in.Name, 0, 0, in.Rows, in.Cols, make([]float32, in.Rows*in.Cols))
		if n, has := len(st.Values.Data), cap(st.Values.Data); has > 2*max(n, st.Values.Room, 1<<12) {
			t.Fatalf("after %s %d values have room for %d; %d are expected", in.Name, n, has, st.Values.Room)
		}
	}
}
