package dom

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/vugu/vugu"
)

// TestAnySequenceOfTreesIsDrawn draws random trees one after another. After each the page must be
// what a fresh drawing of that tree would be, and hold no node more.
func TestAnySequenceOfTreesIsDrawn(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	rows := make([]*row, 6)
	for i := range rows {
		rows[i] = &row{name: string(rune('a' + i))}
	}
	s := newStage(t)
	for step := range 3000 {
		seed := random.Uint64()
		markup := func(b *builder) *vugu.VGNode {
			g := generator{rand.New(rand.NewPCG(seed, 0)), rows, b}
			return el("div", g.kids(0))
		}
		s.showBy(markup)
		fresh := newStage(t)
		fresh.showBy(markup)
		if got, want := s.page.String(), fresh.page.String(); got != want {
			t.Fatalf("step %d shows\n%s\nexpected\n%s", step, got, want)
		}
		if len(s.page.nodes) != len(fresh.page.nodes) || s.Stats().Nodes != len(s.page.nodes)-1 || len(s.tree.handlers) != len(fresh.tree.handlers) {
			t.Fatalf("step %d: %d nodes held and %d counted, expected %d; %d with handlers, expected %d", step, len(s.page.nodes)-1,
				s.Stats().Nodes, len(fresh.page.nodes)-1, len(s.tree.handlers), len(fresh.tree.handlers))
		}
	}
}

// generator makes random markup of few different parts, so that many are alike.
type generator struct {
	*rand.Rand
	rows []*row
	b    *builder
}

func (g generator) kids(depth int) []*vugu.VGNode {
	var kids []*vugu.VGNode
	for _, r := range g.Perm(len(g.rows))[:g.IntN(len(g.rows))] {
		if depth == 1 {
			kids = append(kids, g.b.use(g.rows[r]))
		}
	}
	for range g.IntN(5) {
		switch g.IntN(6) {
		case 0:
			kids = append(kids, text("\n"))
		case 1:
			kids = append(kids, el("p", static(string(rune('0'+g.IntN(3))))))
		case 2:
			kids = append(kids, template(g.kids(depth+2)...))
		case 3:
			kids = append(kids, el("a", on([]string{"click", "blur"}[g.IntN(2)], func(vugu.DOMEvent) {})))
		default:
			if depth < 3 {
				kids = append(kids, el([]string{"p", "a"}[g.IntN(2)], "class="+string(rune('x'+g.IntN(3))), g.kids(depth+1)))
			}
		}
	}
	return kids
}

func TestStayingIsALongestIncreasingRun(t *testing.T) {
	for _, c := range []struct {
		from []int
		want int
	}{
		{nil, 0}, {[]int{-1, -1}, 0}, {[]int{0, 1, 2}, 3}, {[]int{3, 0, 1, 2}, 3}, {[]int{2, 1, 0}, 1},
		{[]int{1, -1, 0, 3, 2, -1, 4}, 3}, {[]int{4, 5, 0, 1, 2, 6}, 4},
	} {
		last, count := -1, 0
		for j, stays := range unmoved(c.from) {
			if stays {
				if c.from[j] <= last {
					t.Errorf("staying(%v): %d after %d", c.from, c.from[j], last)
				}
				last, count = c.from[j], count+1
			}
		}
		if count != c.want {
			t.Errorf("staying(%v) keeps %d, expected %d", c.from, count, c.want)
		}
	}
}

func TestLongListsAreMatchedInOrder(t *testing.T) {
	list := func(class string, n int) (kids []*node) {
		for range n {
			kids = append(kids, &node{vg: el("li", "class="+class)})
		}
		return kids
	}
	from := match(list("a", 700), list("b", 600))
	if !slices.IsSorted(from) || from[0] != 0 || from[599] != 599 {
		t.Errorf("600 rows take over %v", from)
	}
}

func BenchmarkOneChangeIn1000(b *testing.B) {
	page := &fakePage{nodes: map[handle]*fakeNode{}}
	page.add(&fakeNode{tag: "main"})
	n := 0
	root := &component{markup: func(*builder) *vugu.VGNode {
		div := el("div")
		for i := range 1000 {
			div.AppendChild(el("p", "class=row", on("click", func(vugu.DOMEvent) {}), static(string(rune('0'+(n+i)/1000%10)))))
		}
		n++
		return div
	}}
	r, err := newRenderer(page, 1, root, nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r.RenderNow()
	}
	b.ReportMetric(float64(r.Stats().Draw.Microseconds()), "µs/draw")
}
