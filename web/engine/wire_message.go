package engine

import (
	"time"

	"glassbox/model"
	"glassbox/model/fault"
	"glassbox/model/lab"
	"glassbox/model/quant"
)

// The fields of each message, in the order in which they are sent. A test fills every
// field and finds out which one is missing here.

func (c *codec) request(q *Request) {
	c.int(&q.ID)
	c.bool(&q.Beside)
	optional(c, &q.Inspect, func(c *codec, i *Inspect) {
		list(c, &i.Files, func(c *codec, f *FileHead) {
			text(c, &f.Name)
			c.bytes(&f.Head)
			c.int(&f.Size)
		})
		c.int(&i.Held)
		c.bool(&i.Open)
	})
	optional(c, &q.Load, func(c *codec, l *Load) {
		text(c, &l.Name)
		c.bytes(&l.File)
		list(c, &l.Files, func(c *codec, f *FilePiece) {
			text(c, &f.Name)
			c.int(&f.Size)
			c.int(&f.Bytes)
			list(c, &f.Sums, func(c *codec, s *Sum) {
				text(c, &s.Name)
				c.int(&s.Bytes)
				text(c, &s.SHA256)
			})
		})
		c.bytes(&l.Table)
		c.int(&l.Heads)
		text(c, &l.Activation)
		c.float64(&l.Theta)
		c.float32(&l.Epsilon)
		c.int(&l.Context)
		text(c, &l.Tied)
		text(c, &l.Split)
		text(c, &l.Words)
		text(c, &l.Alphabet)
		c.bool(&l.Held)
		c.bool(&l.Same)
		text(c, &l.As)
	})
	optional(c, &q.Run, func(c *codec, r *Run) {
		text(c, &r.Text)
		list(c, &r.Generated, (*codec).int)
		text(c, &r.Form)
		c.sampling(&r.Sampling)
		list(c, &r.Want, text[string])
		list(c, &r.Edits, text[string])
		text(c, &r.Show)
		c.int(&r.Top)
		c.int(&r.Since)
	})
	optional(c, &q.Tensor, (*codec).tensor)
	optional(c, &q.Read, func(c *codec, r *Read) {
		list(c, &r.Rows, (*codec).tensor)
		list(c, &r.Coarse, text[string])
		c.int(&r.Side)
	})
	optional(c, &q.Explain, func(c *codec, x *Explain) {
		text(c, &x.Name)
		c.int(&x.Row)
		c.int(&x.Col)
		c.bool(&x.All)
	})
	optional(c, &q.Tokenize, func(c *codec, t *Tokenize) {
		text(c, &t.Tokenizer)
		text(c, &t.Text)
		c.bool(&t.Special)
		text(c, &t.Alphabet)
	})
	optional(c, &q.Rank, func(c *codec, r *Rank) {
		c.int(&r.From)
		c.int(&r.To)
		text(c, &r.Find)
		c.int(&r.Back)
	})
	optional(c, &q.Export, func(c *codec, x *Export) {
		text(c, &x.Name)
		text(c, &x.Format)
		text(c, &x.Model)
		c.int(&x.From)
		c.int(&x.To)
		c.int(&x.Of)
	})
	optional(c, &q.Average, func(c *codec, x *Average) {
		text(c, &x.Name)
		c.int(&x.High)
		c.int(&x.Wide)
		c.int(&x.From)
		c.int(&x.To)
		c.int(&x.Of)
	})
	optional(c, &q.Lab, (*codec).lab)
}

func (c *codec) news(n *News) {
	optional(c, &n.Hello, func(c *codec, h *Hello) {
		text(c, &h.Name)
		c.int(&h.Size)
		c.inspected(&h.Inspected)
		text(c, &h.Kernel)
		c.int(&h.Cores)
	})
	optional(c, &n.Reading, func(c *codec, r *Reading) {
		c.int(&r.Bytes)
		c.int(&r.Of)
	})
}

func (c *codec) tensor(t *Tensor) {
	text(c, &t.Name)
	for _, n := range []*int{&t.From, &t.To, &t.Col, &t.Cols} {
		c.int(n)
	}
}

func (c *codec) sampling(s *model.Sampling) {
	c.float32(&s.Temperature)
	c.int(&s.TopK)
	c.float32(&s.TopP)
	c.float32(&s.MinP)
	c.uint64(&s.Seed)
	c.int(&s.Draw)
}

func (c *codec) reply(r *Reply) {
	c.int(&r.ID)
	c.bool(&r.Beside)
	text(c, &r.Error)
	c.fault(&r.Fault, 0)
	optional(c, &r.Inspected, (*codec).inspected)
	optional(c, &r.Loaded, (*codec).loaded)
	optional(c, &r.Ran, (*codec).ran)
	optional(c, &r.Values, (*codec).values)
	list(c, &r.Read, (*codec).values)
	list(c, &r.Coarse, (*codec).coarse)
	optional(c, &r.Explained, (*codec).explained)
	optional(c, &r.Tokenized, (*codec).tokenized)
	optional(c, &r.Ranking, (*codec).ranking)
	optional(c, &r.Exported, func(c *codec, x *Exported) {
		c.bytes(&x.Bytes)
		c.int(&x.Of)
	})
	optional(c, &r.Lab, (*codec).labAnswer)
	list(c, &r.Words, func(c *codec, w *TokenText) {
		c.int(&w.ID)
		text(c, &w.Text)
	})
}

// deepestFault is how many faults may stand in one another; what stands deeper stays English.
const deepestFault = 8

// fault encodes or decodes a fault that stands in that many others.
func (c *codec) fault(v **fault.Fault, depth int) {
	if depth < deepestFault {
		optional(c, v, func(c *codec, f *fault.Fault) { c.faultFields(f, depth) })
		return
	}
	deeper := false
	if c.bool(&deeper); deeper {
		c.fail("more than %d faults stand in one another", deepestFault)
	}
}

func (c *codec) faultFields(f *fault.Fault, depth int) {
	kind, english, args := f.Kind, f.Error(), f.Args
	text(c, &kind)
	text(c, &english)
	list(c, &args, func(c *codec, a *fault.Arg) {
		text(c, &a.Text)
		c.int(&a.Number)
		list(c, &a.List, text[string])
		c.fault(&a.Fault, depth+1)
	})
	if c.decoding {
		*f = *fault.Received(kind, english, args)
	}
}

func (c *codec) ranking(r *Ranking) {
	for _, n := range []*int{&r.Total, &r.From, &r.Matches} {
		c.int(n)
	}
	list(c, &r.Rows, (*codec).ranked)
	list(c, &r.Found, (*codec).ranked)
}

func (c *codec) ranked(r *Ranked) {
	c.candidate(&r.Candidate)
	c.int(&r.Rank)
	c.float32(&r.Cumulative)
	text(c, &r.Dropped)
}

func (c *codec) note(n **fault.Fault) { c.fault(n, 0) }

func (c *codec) inspected(i *Inspected) {
	c.config(&i.Config)
	c.bool(&i.Asserted)
	c.bool(&i.Activates)
	text(c, &i.Split)
	c.int(&i.Beside)
	text(c, &i.Words)
	list(c, &i.Notes, (*codec).note)
	text(c, &i.Name)
	list(c, &i.Members, func(c *codec, m *Member) {
		text(c, &m.Role)
		c.note(&m.Is)
	})
	list(c, &i.Missing, text[string])
	c.bool(&i.Weightless)
	text(c, &i.Took)
	c.note(&i.Refused)
}

func (c *codec) loaded(l *Loaded) {
	text(c, &l.Name)
	c.config(&l.Config)
	c.texts(&l.Metadata)
	list(c, &l.Weights, (*codec).values)
	list(c, &l.Tokenizers, text[string])
	text(c, &l.Words)
	c.texts(&l.Aliases)
	c.bool(&l.Frames)
	text(c, &l.Chat)
	c.bool(&l.Template)
	list(c, &l.Stored, text[string])
	text(c, &l.Cutter)
	list(c, &l.Notes, (*codec).note)
	c.float64(&l.Millis)
}

func (c *codec) config(f *model.Config) {
	for _, n := range []*int{&f.Vocab, &f.Context, &f.Width, &f.Heads, &f.Blocks, &f.Inner, &f.Distinct, &f.KeyValues, &f.HeadWidth, &f.Window, &f.WindowFrom} {
		c.int(n)
	}
	for _, b := range []*bool{&f.Tied, &f.Unscaled, &f.PerBlock, &f.HeadNorms, &f.Rotary.Listed} {
		c.bool(b)
	}
	small(c, &f.Family)
	small(c, &f.Activation)
	small(c, &f.Biases)
	small(c, &f.Rotary.Slow)
	text(c, &f.Alphabet)
	c.float32(&f.Epsilon)
	for _, x := range []*float64{&f.Rotary.Theta, &f.Rotary.Factor, &f.Rotary.Low, &f.Rotary.High, &f.Rotary.Original} {
		c.float64(x)
	}
}

func (c *codec) ran(r *Ran) {
	list(c, &r.Tokens, (*codec).token)
	list(c, &r.Steps, (*codec).info)
	list(c, &r.Values, (*codec).values)
	list(c, &r.Candidates, (*codec).candidate)
	c.candidate(&r.Next)
	c.bool(&r.Ends)
	list(c, &r.Edits, (*codec).edited)
	optional(c, &r.Compared, (*codec).compared)
	c.int(&r.Computed)
	c.float64(&r.Millis)
	for _, n := range []*int{&r.Holds.Weights, &r.Holds.Rows, &r.Holds.Again, &r.Holds.Program} {
		c.int(n)
	}
}

func (c *codec) token(t *Token) {
	for _, n := range []*int{&t.ID, &t.Start, &t.End} {
		c.int(n)
	}
	text(c, &t.Text)
	c.bool(&t.Generated)
	c.bool(&t.Control)
	c.bool(&t.Unseen)
}

func (c *codec) info(i *model.Info) {
	text(c, &i.Name)
	text(c, &i.Op)
	text(c, &i.Kind)
	text(c, &i.Part)
	for _, n := range []*int{&i.Rows, &i.Cols, (*int)(&i.RowAxis), (*int)(&i.ColAxis), &i.Block, &i.Head, &i.Group, &i.Sharing, &i.Window, &i.Line} {
		c.int(n)
	}
	text(c, &i.File)
	text(c, &i.Alias)
	c.bool(&i.Causal)
	c.bool(&i.Changed)
	list(c, &i.Inputs, func(c *codec, r *model.Range) {
		text(c, &r.Name)
		for _, n := range []*int{&r.Row, &r.Rows, &r.Col, &r.Cols, &r.Window} {
			c.int(n)
		}
	})
}

// small encodes or decodes a number of few values.
func small[T ~uint8](c *codec, v *T) {
	n := int(*v)
	c.int(&n)
	*v = T(n)
}

func (c *codec) candidate(k *Candidate) {
	c.int(&k.ID)
	text(c, &k.Text)
	c.float32(&k.Logit)
	c.float32(&k.Probability)
	c.float32(&k.Sampled)
	c.bool(&k.Unseen)
}

func (c *codec) values(v *Values) {
	text(c, &v.Name)
	for _, n := range []*int{&v.From, &v.Col, &v.Rows, &v.Cols} {
		c.int(n)
	}
	c.floats(&v.Data)
	for _, x := range []*float32{&v.Min, &v.Max, &v.Mean} {
		c.float32(x)
	}
}

func (c *codec) coarse(b *Coarse) {
	text(c, &b.Name)
	for _, n := range []*int{&b.Rows, &b.Cols, &b.Side} {
		c.int(n)
	}
	c.floats(&b.Blocks)
	c.float32(&b.Norm)
}

// parts are those of a weight that its file holds in blocks.
func (c *codec) parts(p *quant.Parts) {
	typ := int(p.Type)
	c.int(&typ)
	p.Type = quant.Type(typ)
	for _, n := range []*int{&p.Block, &p.Place, &p.Sub, &p.Scale, &p.ScaleBits, &p.ScaleLess, &p.Min, &p.Level, &p.Q, &p.Less} {
		c.int(n)
	}
	c.float32(&p.D)
	c.float32(&p.M)
}

func (c *codec) explained(x *Explained) {
	text(c, &x.Name)
	c.int(&x.Row)
	c.int(&x.Col)
	text(c, &x.Op)
	c.float32(&x.Value)
	c.bool(&x.Masked)
	c.float32(&x.Factor)
	c.float32(&x.Limit)
	list(c, &x.Operands, func(c *codec, o *model.Operand) {
		text(c, &o.Role)
		text(c, &o.Tensor)
		for _, n := range []*int{&o.Start, &o.Stride, &o.Count} {
			c.int(n)
		}
	})
	list(c, &x.Edits, func(c *codec, e *model.Effect) {
		c.int(&e.Edit)
		c.float32(&e.Before)
		c.float32(&e.After)
	})
	optional(c, &x.Block, (*codec).parts)
	optional(c, &x.Stored, func(c *codec, s *model.Stored) {
		text(c, &s.Tensor)
		c.int(&s.Row)
		c.int(&s.Col)
	})
	list(c, &x.Values, (*codec).floats)
	list(c, &x.Places, func(c *codec, p *[]int) { list(c, p, (*codec).int) })
}

func (c *codec) tokenized(t *Tokenized) {
	text(c, &t.Tokenizer)
	list(c, &t.Tokens, (*codec).token)
	list(c, &t.Merges, func(c *codec, m *[]Merge) {
		list(c, m, func(c *codec, m *Merge) {
			text(c, &m.Left)
			text(c, &m.Right)
			c.int(&m.Rank)
			c.int(&m.ID)
		})
	})
}

func (c *codec) lab(q *Lab) {
	optional(c, &q.Lens, func(c *codec, l *Lens) {
		for _, n := range []*int{&l.Step, &l.Last, &l.Row, &l.To, &l.Top, &l.Token} {
			c.int(n)
		}
	})
	optional(c, &q.Attribute, func(c *codec, a *Attribute) {
		for _, n := range []*int{&a.Row, &a.Token, &a.Against, &a.Block} {
			c.int(n)
		}
	})
	optional(c, &q.Patch, func(c *codec, p *Patch) {
		text(c, &p.Corrupt)
		text(c, &p.Form)
		text(c, &p.Site)
		for _, n := range []*int{&p.Token, &p.Against, &p.From, &p.To} {
			c.int(n)
		}
	})
	optional(c, &q.Heads, func(c *codec, h *Heads) {
		c.int(&h.Half)
		c.uint64(&h.Seed)
	})
	optional(c, &q.Surprise, func(c *codec, s *Surprise) {})
	optional(c, &q.Search, func(c *codec, s *Search) {
		for _, texts := range []*[]string{&s.Texts, &s.Answers, &s.Off} {
			list(c, texts, text[string])
		}
	})
	optional(c, &q.Texts, func(c *codec, t *Texts) { list(c, &t.Texts, text[string]) })
	optional(c, &q.Draws, func(c *codec, d *Draws) { c.int(&d.N) })
	optional(c, &q.Cost, func(c *codec, k *Cost) { c.int(&k.Anew) })
	optional(c, &q.Compare, func(c *codec, m *Compare) {
		text(c, &m.Of)
		c.int(&m.From)
		c.int(&m.Top)
	})
}

func (c *codec) labAnswer(a *LabAnswer) {
	optional(c, &a.Lens, func(c *codec, l *Lenses) {
		list(c, &l.Streams, text[string])
		list(c, &l.Cells, func(c *codec, cell *LensCell) {
			list(c, &cell.Top, (*codec).candidate)
			for _, v := range []*float32{&cell.Logit, &cell.Chance, &cell.Mean, &cell.Scale} {
				c.float32(v)
			}
			c.int(&cell.Rank)
			c.float64(&cell.Sum)
		})
	})
	optional(c, &a.Attribute, func(c *codec, a *Attribution) {
		list(c, &a.Parts, func(c *codec, p *lab.Contribution) {
			text(c, &p.Name)
			text(c, &p.Step)
			c.float64(&p.Logit)
		})
		list(c, &a.Neurons, (*codec).float64)
		c.float64(&a.Logit)
		c.float64(&a.Sum)
	})
	optional(c, &a.Patch, func(c *codec, p *Patched) {
		c.candidate(&p.Token)
		c.candidate(&p.Against)
		c.float64(&p.Clean)
		c.float64(&p.Corrupt)
		list(c, &p.CleanNext, (*codec).candidate)
		list(c, &p.CorruptNext, (*codec).candidate)
		list(c, &p.Tokens, (*codec).token)
		c.int(&p.Cells)
		list(c, &p.Scores, (*codec).float64)
		list(c, &p.Places, func(c *codec, at *Place) {
			text(c, &at.Step)
			c.int(&at.Row)
		})
	})
	optional(c, &a.Heads, func(c *codec, h *HeadScores) {
		list(c, &h.Half, func(c *codec, w *TokenText) {
			c.int(&w.ID)
			text(c, &w.Text)
		})
		text(c, &h.Written)
		list(c, &h.Scores, func(c *codec, s *lab.HeadScore) {
			text(c, &s.Head)
			for _, v := range []*float64{&s.Previous, &s.Duplicate, &s.Induction, &s.Sink} {
				c.float64(v)
			}
		})
	})
	optional(c, &a.Surprise, func(c *codec, s *Surprised) {
		list(c, &s.Bits, (*codec).float64)
		list(c, &s.Lost, (*codec).float64)
		c.float64(&s.Loss)
		c.float64(&s.Perplexity)
	})
	optional(c, &a.Search, func(c *codec, s *Searched) {
		c.float64(&s.Chance)
		list(c, &s.Left, text[string])
	})
	list(c, &a.IDs, func(c *codec, ids *[]int) { list(c, ids, (*codec).int) })
	optional(c, &a.Draws, (*codec).drawing)
	optional(c, &a.Cost, func(c *codec, k *Costs) {
		list(c, &k.Last, (*codec).stepCost)
		list(c, &k.All, (*codec).stepCost)
		c.bool(&k.Keeps)
		for _, n := range []*int{&k.Anew, &k.Same.Equal, &k.Same.Of} {
			c.int(n)
		}
	})
	optional(c, &a.Compare, (*codec).comparison)
}

func (c *codec) comparison(m *Comparison) {
	c.int(&m.To)
	c.int(&m.All)
	c.bool(&m.Words)
	list(c, &m.Next, (*codec).pair)
	list(c, &m.First, (*codec).candidate)
	list(c, &m.Second, (*codec).candidate)
	c.float64(&m.Lost)
	list(c, &m.Bits, (*codec).float64)
	list(c, &m.Differences, func(c *codec, d *lab.Difference) {
		text(c, &d.Name)
		for _, v := range []*float64{&d.RMS, &d.Size, &d.Largest} {
			c.float64(v)
		}
		c.int(&d.Row)
		c.int(&d.Col)
	})
	for _, w := range []*Written{&m.Written, &m.Other} {
		list(c, &w.Tokens, func(c *codec, t *TokenText) {
			c.int(&t.ID)
			text(c, &t.Text)
		})
		c.bool(&w.Ends)
	}
}

func (c *codec) pair(p *Pair) {
	c.int(&p.ID)
	text(c, &p.Text)
	c.float32(&p.Before)
	c.float32(&p.After)
}

func (c *codec) drawing(d *Drawing) {
	list(c, &d.Tokens, func(c *codec, t *DrawnToken) {
		c.candidate(&t.Candidate)
		c.int(&t.Count)
	})
	c.int(&d.Drawn)
	c.int(&d.Left)
	c.float32(&d.Random)
	list(c, &d.Bars, func(c *codec, b *Bar) {
		text(c, &b.Step)
		c.float32(&b.Setting)
		c.int(&b.Left)
		list(c, &b.Parts, func(c *codec, p *BarPart) {
			c.int(&p.Token)
			c.float64(&p.Share)
		})
	})
}

func (c *codec) stepCost(s *model.StepCost) {
	text(c, &s.Name)
	nanos := int(s.Time)
	for _, n := range []*int{&s.Parameters, &s.Shared, &s.FLOPs, &s.Read, &s.Kept, &s.Written, &nanos} {
		c.int(n)
	}
	s.Time = time.Duration(nanos)
}

func (c *codec) edited(d *Edited) {
	text(c, &d.Spec)
	c.fault(&d.Fault, 0)
	c.bool(&d.Waits)
	list(c, &d.Places, func(c *codec, p *model.Place) {
		text(c, &p.Name)
		c.int(&p.Row)
		c.int(&p.Col)
	})
}

func (c *codec) compared(m *Compared) {
	list(c, &m.Tokens, (*codec).pair)
	c.float64(&m.Bits)
}
