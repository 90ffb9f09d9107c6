package gl

import (
	"math/bits"

	"glassbox/web/scene/paint"
)

// The units of the two textures, as static/gl.js names them.
const (
	valuesUnit = 0
	rampUnit   = 1
)

// valueColumns is how many values stand in a row of their texture; box.glsl counts on it.
const valueColumns = 2048

// values is the float texture with the numbers of all panels: value k stands in row k / 2048.
type values struct {
	sent    bool
	version int // of what was sent
	rows    int // of the texture
	most    int // that a texture can have
	dirty   []uint64
}

// send brings the texture up to date: row by row where a span touches it, neighbouring rows with
// one call. Everything is sent only if these are other values, or more than the texture has room for.
func (v *values) send(r *Renderer, b *paint.Values) {
	if !v.sent || v.version != b.Version || len(b.Data) > v.rows*valueColumns && v.rows < v.most {
		v.replace(r, b)
	} else if len(b.Changed) > 0 {
		v.mark(b.Changed, min(len(b.Data), v.rows*valueColumns))
		v.sendDirty(r, b.Data)
	}
	b.Changed = b.Changed[:0]
}

// replace makes the texture large enough, for what is still to come as well, and sends everything.
func (v *values) replace(r *Renderer, b *paint.Values) {
	if v.most = r.dev.maxTexture(); v.most <= 0 {
		v.most = maxRows
	}
	r.countCall(0)
	needed := min(rowsOf(len(b.Data)), v.most)
	if needed > v.rows || v.version != b.Version && v.rows > 4*rowsOf(b.Room) {
		rows := rowsOf(b.Room)
		if v.sent && v.version == b.Version {
			rows = max(rows, 2*v.rows) // so that growing costs little in the long run
		}
		v.rows = min(max(rows, needed), v.most)
		r.dev.texture(valuesUnit, 1, valueColumns, v.rows)
		r.countCall(0)
	}
	r.stats.Dropped = max(len(b.Data)-v.rows*valueColumns, 0)
	v.sent, v.version = true, b.Version
	v.sendRows(r, b.Data, 0, needed)
}

// maxRows is the number of rows that is assumed where the driver does not say how many it allows.
const maxRows = 2048

// rowsOf is how many rows hold n values, one at least.
func rowsOf(n int) int { return max((n+valueColumns-1)/valueColumns, 1) }

// mark notes the rows that the spans touch; values from end on are not on the GPU.
func (v *values) mark(spans []paint.Span, end int) {
	words := (v.rows + 63) / 64
	if len(v.dirty) < words {
		v.dirty = make([]uint64, words)
	}
	clear(v.dirty)
	for _, s := range spans {
		from, to := max(s.From, 0), min(s.To, end)
		if from >= to {
			continue
		}
		for row := from / valueColumns; row <= (to-1)/valueColumns; row++ {
			v.dirty[row/64] |= 1 << (row % 64)
		}
	}
}

// sendDirty sends each run of marked rows with one call.
func (v *values) sendDirty(r *Renderer, data []float32) {
	for row := v.nextDirty(0); row < v.rows; {
		end := row + 1
		for end < v.rows && v.dirty[end/64]>>(end%64)&1 == 1 {
			end++
		}
		v.sendRows(r, data, row, end)
		row = v.nextDirty(end)
	}
}

// nextDirty is the first marked row from the given one on, or a number of at least v.rows.
func (v *values) nextDirty(row int) int {
	for row < v.rows {
		if rest := v.dirty[row/64] >> (row % 64); rest != 0 {
			return row + bits.TrailingZeros64(rest)
		}
		row = (row/64 + 1) * 64
	}
	return row
}

// sendRows sends rows from … to−1; a last row that is not full goes by itself.
func (v *values) sendRows(r *Renderer, data []float32, from, to int) {
	full := min(to, len(data)/valueColumns)
	if full > from {
		r.dev.texels(valuesUnit, from, valueColumns, full-from, data[from*valueColumns:full*valueColumns])
		r.countCall(4 * valueColumns * (full - from))
	}
	if rest := len(data) % valueColumns; rest > 0 && full >= from && full < to {
		r.dev.texels(valuesUnit, full, rest, 1, data[full*valueColumns:][:rest])
		r.countCall(4 * rest)
	}
}
