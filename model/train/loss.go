package train

import (
	"math"

	"github.com/chewxy/math32"

	"glassbox/model/kernel"
)

// crossEntropy returns Σ_r −ln p[r,target] over the rows that have a target, with p = softmax(logits): the
// surprise at the true next tokens, in nats. Rows with the target Ignore count nothing. The last column
// stands for that many tokens with one and the same logit, copies of it; it is nobody's target unless it
// stands for itself alone.
//
// It turns logits, (R, V), into the gradient of a mean in which predictions have weights, whose sum over the
// whole batch is given:
//
//	loss = Σ_r weight[r]/sum·(ln Σ_v copies[v]·exp(logits[r,v]) − logits[r,target])
//
// The derivative is p, for the last column that of all its copies, minus one at the target:
//
//	dlogits[r,v] = (copies[v]·p[r,v] − [v = target])·weight[r]/sum
func crossEntropy(logits []float32, b Batch, sum float32, copies int) float64 {
	V := len(logits) / len(b.Targets)
	total, last := float64(0), V-1
	for r, target := range b.Targets {
		row := logits[r*V:][:V]
		if target == Ignore {
			clear(row)
			continue
		}
		right := row[target]
		largest := kernel.Max(row)
		exps := kernel.SumExp(row, largest)
		if copies > 1 {
			exps += float32(float32(copies-1) * math32.Exp(row[last]-largest))
		}
		total += math.Log(float64(exps)) + (float64(largest) - float64(right))
		kernel.Softmax(row, row, largest, exps)
		row[last] *= float32(copies)
		row[target]--
		kernel.Scale(row, row, b.weight(r)/sum)
	}
	return total
}
