// Package train teaches a model: it runs texts through the network, measures how wrong the predictions
// are, and moves every weight a little in the direction that makes them less wrong.
//
// The network is that of [model.Model]; the sizes T, C, H, A, L and V have their meaning from there, and
// two more belong to a batch:
//
//	B  texts in a batch, each of T tokens
//	R  rows, B·T: one per token of each text
//
// # Backward
//
// Each operation stands in a file of its own, its forward function above the backward one, which quotes
// the forward line that it inverts. Throughout, dx means ∂loss/∂x and has the shape of x. All backward
// functions apply one rule, the chain rule: with y = f(x), dx[i] = Σ_j dy[j]·∂y[j]/∂x[i].
//
//	pass.go       the order of the operations, forward and back again
//	embed.go      token and position embedding, output projection
//	linear.go     x·w + bias
//	layernorm.go  mean 0 and spread 1 per row, then gain and bias
//	attention.go  the only place where tokens meet
//	gelu.go       the bend in the feed-forward network
//	loss.go       cross-entropy
//	adamw.go      from gradients to new weights
//	muon.go       the same for the matrices inside the blocks, if the recipe says so
//	trainer.go    one step: a batch, shared out to the cores
//	task.go       what there is to learn; sort.go is one such thing
//
// # The same bits
//
// A seed gives the same weights, bit for bit, however many cores work, however often the training was
// interrupted, with SIMD and without. A batch is always cut into [Shards] shards, whose gradients are added in
// the order of the shards; a batch is a function of the seed and the step alone; products are rounded
// before they are added (the conversions float32(x*y)), as in package kernel.
package train
