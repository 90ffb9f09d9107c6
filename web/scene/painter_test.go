package scene

import (
	"encoding/base64"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/scene/camera"
	"glassbox/web/scene/paint"
	"glassbox/web/scene/scenetest"
)

// painter draws a batch into an image, pixel by pixel with a depth buffer: enough of
// package gl to look at a composition without a browser.
type painter struct {
	b     *paint.Batch
	l     camera.Lens
	w, h  int
	pix   [][3]float32 // sRGB
	depth []float64
}

func render(s *Scene, b *paint.Batch) *painter {
	p := &painter{b: b, l: s.lens(), w: b.View.Width, h: b.View.Height}
	p.pix, p.depth = make([][3]float32, p.w*p.h), make([]float64, p.w*p.h)
	for i := range p.pix {
		p.pix[i], p.depth[i] = b.Paper, math.Inf(1)
	}
	for i := 0; i+paint.QuadFloats <= len(b.Quads.Data); i += paint.QuadFloats {
		p.quad(b.Quads.Data[i:])
	}
	for i := 0; i+paint.BoxFloats <= len(b.Boxes.Data); i += paint.BoxFloats {
		p.box(b.Boxes.Data[i:])
	}
	p.lines(b.Lines.Data, true)
	for i := 0; i+paint.HeadFloats <= len(b.Heads.Data); i += paint.HeadFloats {
		p.head(b.Heads.Data[i:])
	}
	p.lines(b.Marks.Data, false)
	return p
}

// blend mixes a linear colour into a pixel.
func (p *painter) blend(i int, c paint.RGB, a float32) {
	e := c.Encoded()
	for k := range 3 {
		p.pix[i][k] += (e[k] - p.pix[i][k]) * a
	}
}

// plane visits the pixels of the rectangle with the given corner and edges, with the
// share along each edge and the distance.
func (p *painter) plane(at, u, v camera.Vec, visit func(i int, s, t, d float64)) {
	n := camera.V(u.Y*v.Z-u.Z*v.Y, u.Z*v.X-u.X*v.Z, u.X*v.Y-u.Y*v.X)
	x0, y0, x1, y1, ok := p.l.Rect(camera.NoBox().Extend(at).Extend(at.Add(u)).Extend(at.Add(v)).Extend(at.Add(u).Add(v)))
	if !ok {
		return
	}
	for y := max(0, int(y0)); y <= min(p.h-1, int(y1)+1); y++ {
		for x := max(0, int(x0)); x <= min(p.w-1, int(x1)+1); x++ {
			d := p.l.Ray(float64(x)+0.5, float64(y)+0.5)
			t := at.Sub(p.l.Eye).Dot(n) / d.Dot(n)
			q := p.l.Eye.Add(d.Mul(t)).Sub(at)
			su, sv := q.Dot(u)/u.Dot(u), q.Dot(v)/v.Dot(v)
			if t > 0 && su >= 0 && su < 1 && sv >= 0 && sv < 1 {
				visit(y*p.w+x, su, sv, t)
			}
		}
	}
}

func (p *painter) quad(f []float32) {
	at, u, v := v3(f), v3(f[3:]), v3(f[6:])
	c := paint.RGB{f[9], f[10], f[11]}
	p.plane(at, u, v, func(i int, s, t, _ float64) {
		a := f[12]
		if soft := float64(f[13]); soft > 0 {
			sx := soft * u.Length() / max(u.Length(), 1e-9)
			a *= float32(min(1, min(s, 1-s)/sx) * min(1, min(t, 1-t)/sx))
		}
		p.blend(i, c, a)
	})
}

func v3(f []float32) camera.Vec { return camera.V(float64(f[0]), float64(f[1]), float64(f[2])) }

func (p *painter) box(f []float32) {
	at, w, h, d := v3(f), float64(f[3]), float64(f[4]), float64(f[5])
	hue := paint.RGB{f[6], f[7], f[8]}.Encoded()
	pal := p.b.Theme.Palette()
	faded := func(c paint.RGB) paint.RGB { return c.Mix(pal.Paper, float64(f[9])) }
	side, top := faded(hue.Mix(paint.RGB{}, 0.22)), faded(hue.Mix(pal.Paper, 0.25))
	put := func(i int, c paint.RGB, dist float64) {
		if dist < p.depth[i] {
			p.pix[i], p.depth[i] = c, dist
		}
	}
	p.plane(at, camera.V(0, 0, -d), camera.V(0, -h, 0), func(i int, _, _, t float64) { put(i, side, t) })
	p.plane(at, camera.V(0, 0, -d), camera.V(w, 0, 0), func(i int, _, _, t float64) { put(i, top, t) })
	px := p.l.Scale(at)
	ramp := map[float32]paint.RGB{}
	p.plane(at, camera.V(w, 0, 0), camera.V(0, -h, 0), func(i int, s, t, dist float64) {
		x, y := s*w, t*h
		c := faded(pal.Value(0).Mix(hue, 0.13))
		edge := float64(f[14]) / px
		if x < edge || y < edge || w-x < edge || h-y < edge {
			put(i, faded(hue), dist)
			return
		}
		fx, fy := x-math.Floor(x), y-math.Floor(y)
		inset := 0.0
		if px > 3.2 {
			inset = 0.07
		}
		if int(f[15])&paint.FlagEmpty == 0 && fx > inset && fx < 1-inset && fy > inset && fy < 1-inset {
			v := p.b.Values.Data[int(f[10]+float32(int(x))*f[11]+float32(int(y))*f[12])]
			switch {
			case v < paint.NotFinite:
				q := float32(math.Round(float64(v/f[13])*64) / 64)
				if _, ok := ramp[q]; !ok {
					ramp[q] = faded(pal.Value(float64(q)))
				}
				c = ramp[q]
			case px > 3 && math.Hypot(fx-.5, fy-.5) < .09:
				c = faded(pal.Paper.Mix(hue, .4))
			}
		}
		put(i, c, dist)
	})
}

// lines draws segments as rows of dots of their width.
func (p *painter) lines(f []float32, depth bool) {
	for ; len(f) >= paint.LineFloats; f = f[paint.LineFloats:] {
		p.segment(v3(f), v3(f[3:]), float64(f[6]), paint.RGB{f[7], f[8], f[9]}, f[10], depth)
	}
}

func (p *painter) segment(a, b camera.Vec, width float64, c paint.RGB, alpha float32, depth bool) {
	x0, y0, ok0 := p.l.Project(a)
	x1, y1, ok1 := p.l.Project(b)
	if !ok0 || !ok1 {
		return
	}
	n := math.Hypot(x1-x0, y1-y0)
	r := width / 2
	for y := max(0, int(min(y0, y1)-r-1)); y <= min(p.h-1, int(max(y0, y1)+r+1)); y++ {
		for x := max(0, int(min(x0, x1)-r-1)); x <= min(p.w-1, int(max(x0, x1)+r+1)); x++ {
			px, py := float64(x)+.5-x0, float64(y)+.5-y0
			t := 0.0
			if n > 0 {
				t = min(max((px*(x1-x0)+py*(y1-y0))/n/n, 0), 1)
			}
			d := math.Hypot(px-t*(x1-x0), py-t*(y1-y0))
			cover := float32(min(max(r+.5-d, 0), 1))
			if i := y*p.w + x; cover > 0 && (!depth || a.Lerp(b, t).Sub(p.l.Eye).Length() < p.depth[i]+0.5) {
				p.blend(i, c, alpha*cover)
			}
		}
	}
}

func (p *painter) head(f []float32) {
	tip, dir := v3(f), v3(f[3:])
	for k := range 8 {
		q := tip.Sub(dir.Mul(float64(f[6]) / p.l.Scale(tip) * float64(k) / 8))
		p.segment(q, q, float64(f[6])*float64(k)/8*0.9+.5, paint.RGB{f[7], f[8], f[9]}, f[10]*.8, true)
	}
}

// write writes the picture as a page: the raster, and the labels as text over it.
func (p *painter) write(t testing.TB, name string) {
	dir := os.Getenv("SCENE_PICTURES")
	if dir == "" {
		return
	}
	img := image.NewRGBA(image.Rect(0, 0, p.w, p.h))
	for i, c := range p.pix {
		img.Set(i%p.w, i/p.w, color.RGBA{uint8(c[0]*255 + .5), uint8(c[1]*255 + .5), uint8(c[2]*255 + .5), 255})
	}
	var raw strings.Builder
	if err := png.Encode(&raw, img); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	fmt.Fprintf(&out, `<meta charset="utf-8"><body style="margin:0"><svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d"><image href="data:image/png;base64,%s" width="%d" height="%d"/>`,
		p.w, p.h, base64.StdEncoding.EncodeToString([]byte(raw.String())), p.w, p.h)
	for _, l := range p.b.Labels {
		out.WriteString(svgLabel(l, p.b.Theme.Palette()))
	}
	out.WriteString("</svg>")
	if err := os.WriteFile(filepath.Join(dir, name+".html"), []byte(out.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func css(c [4]float32) string {
	return fmt.Sprintf("rgba(%.0f,%.0f,%.0f,%.2f)", c[0]*255, c[1]*255, c[2]*255, c[3])
}

func svgLabel(l paint.Label, pal paint.Palette) string {
	s := New()
	w := float64(s.width(l.Text, l.Size, l.Bold, l.Mono))
	anchor := map[float32]string{-1: "start", 0: "middle", 1: "end"}[l.Align]
	face, weight := "Inter, DejaVu Sans, sans-serif", 400
	if l.Mono {
		face = "DejaVu Sans Mono, monospace"
	}
	if l.Bold {
		weight = 600
	}
	var out strings.Builder
	left := float64(l.X) - w*float64(1+l.Align)/2
	if l.Fill[3] > 0.5 || l.Edge[3] > 0 {
		tw := max(w+2*float64(l.Pad), float64(l.Wide))
		dash := ""
		if l.Dash {
			dash = ` stroke-dasharray="3 2"`
		}
		tl := left + w/2 - tw/2
		fmt.Fprintf(&out, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="%.1f" fill="%s" stroke="%s" stroke-width="1.5"%s/>`,
			tl, float64(l.Y-0.36*l.Size-l.High/2), tw, l.High, max(l.Radius, 4), css(l.Fill), css(l.Edge), dash)
	}
	halo := ""
	if l.Fill[3] == 0 {
		halo = fmt.Sprintf(` stroke="%s" stroke-width="4" paint-order="stroke" stroke-linejoin="round"`, css(pal.Paper.Alpha(.92)))
	}
	shape := ""
	if l.Shape != "" {
		shape = fmt.Sprintf(`<tspan dx="6" font-family="DejaVu Sans Mono" font-weight="400" fill="%s" font-size="%.0f">%s</tspan>`, css(pal.Ink3.Alpha(1)), l.Size-1, l.Shape)
	}
	if l.Swatch[3] > 0 {
		shape = shape + ""
		fmt.Fprintf(&out, `<rect x="%.1f" y="%.1f" width="6" height="6" fill="%s"/>`, left-11, l.Y-l.Size*.36-3, css(l.Swatch))
	}
	fmt.Fprintf(&out, `<text x="%.1f" y="%.1f" font-family="%s" font-size="%.1f" font-weight="%d" text-anchor="%s" fill="%s"%s>%s%s</text>`,
		l.X, l.Y, face, l.Size, weight, anchor, css(l.Ink), halo, html.EscapeString(l.Text), shape)
	return out.String()
}

// madeUp fills a scene with numbers that no model computed: they are for tests only.
func madeUp(t testing.TB, c model.Config, T int) *Scene {
	s := New()
	infos := scenetest.Outline(t, c, T)
	s.SetSteps(c, infos)
	r := rand.New(rand.NewPCG(1, 1))
	for _, in := range infos {
		rows, cols := min(in.Rows, 2048), min(in.Cols, 4096)
		if rows*cols > 1<<22 {
			continue
		}
		data := make([]float32, rows*cols)
		for i := range data {
			data[i] = float32(r.NormFloat64())
			if in.Op == model.OpSoftmax {
				data[i] = float32(math.Abs(r.NormFloat64()) / 3)
			}
		}
		s.SetValues(in.Name, 0, rows, cols, data)
	}
	var tokens []Token
	for i := range T {
		tokens = append(tokens, Token{Text: string("CBABBCABBBC"[i%11]), ID: 1, Generated: i > 5})
	}
	s.SetTokens(tokens)
	s.SetNext("C", 0.964, false)
	return s
}

// names returns the steps of a model whose names contain the text.
func names(t testing.TB, c model.Config, part ...string) []string {
	var out []string
	for _, in := range scenetest.Outline(t, c, 3) {
		for _, p := range part {
			if strings.Contains(in.Name, p) {
				out = append(out, in.Name)
			}
		}
	}
	return out
}

func TestThePainterShowsTheTower(t *testing.T) {
	s := madeUp(t, scenetest.Nano, 11)
	s.SetSize(1080, 724, 1)
	s.SetOccupied([]camera.Rect{{X: 16, Y: 627, W: 246, H: 81}, {X: 1030, Y: 610, W: 34, H: 98}})
	s.Frame(0)
	b, _ := s.Frame(1)
	p := render(s, b)
	p.write(t, "overview")
	coloured := 0
	for _, c := range p.pix {
		if c != b.Paper {
			coloured++
		}
	}
	if share := float64(coloured) / float64(len(p.pix)); share < 0.08 || share > 0.6 {
		t.Errorf("the overview colours %.0f %% of the canvas; expected 8 to 60", share*100)
	}
	if os.Getenv("SCENE_PICTURES") != "" {
		pictures(t)
	}
}

// pictures draws more views, to be looked at.
func pictures(t *testing.T) {
	s := madeUp(t, scenetest.Nano, 11)
	shot := func(name string) {
		s.Frame(5)
		b, _ := s.Frame(6)
		render(s, b).write(t, name)
	}
	s.SetMotion(false)
	s.SetSize(1080, 724, 1)
	s.SetOccupied([]camera.Rect{{X: 16, Y: 660, W: 580, H: 40}, {X: 1030, Y: 610, W: 34, H: 98}})
	stage := names(t, scenetest.Nano, "h.0.attn.head.0", "h.0.ln_1")
	s.Current(stage)
	s.FlyTo(stage, 0)
	s.Hover(&Cell{"h.0.attn.head.0.scores", 9, 4}, []model.Operand{
		{Role: "query", Tensor: "h.0.attn.head.0.query", Start: 9 * 16, Stride: 1, Count: 16},
		{Role: "key", Tensor: "h.0.attn.head.0.key", Start: 4 * 16, Stride: 1, Count: 16}})
	shot("attention")
	s.SetTheme(paint.Dark)
	shot("attention-dark")
	s.SetTheme(paint.Light)
	s.Hover(nil, nil)
	s.FlyTo(names(t, scenetest.Nano, "h.0.mlp"), 0)
	shot("mlp")
	s.FlyTo([]string{"h.0.attn.head.0.scores"}, 0)
	shot("scores")
	s.ZoomAt(540, 360, 2)
	shot("numbers")
	s.FlyTo([]string{"logits", "probabilities", "sample.token"}, 0)
	shot("tail")
	s.FlyTo([]string{"embed.token", "embed.position"}, 0)
	shot("embed")
	s.SetSize(390, 400, 2)
	s.SetOccupied(nil)
	s.Fit(0)
	shot("phone")
	s.FlyTo(stage, 0)
	shot("phone-attention")
	s = madeUp(t, model.Config{Vocab: 50257, Context: 1024, Width: 768, Heads: 12, Blocks: 12, Tied: true}, 20)
	shot("gpt2")
	s.SetMotion(false)
	s.FlyTo(names(t, scenetest.Nano, "h.0.attn"), 0)
	shot("gpt2-attention")
}
