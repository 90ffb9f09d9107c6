// Package lab asks a run of a model what is behind it: what the model would say after each half of a block ([Lens]), which parts
// of it make a logit ([Attribute]), where two texts differ so that the answer does ([Patch]), what its heads look at ([Heads]), how
// much each token of a text surprises it ([Surprise]), how much of its answer an edit takes ([Divergence]), without which heads it loses
// an answer ([Search]), how often each token is drawn ([Draws]), how far the numbers of two runs lie apart ([Differ]), and what each
// goes on with ([Writer]).
//
// All are pure functions of traces. They compute in float64 from the float32 numbers that a trace holds; a test holds them to
// numbers of PyTorch, and to other ways to come by the same.
package lab
