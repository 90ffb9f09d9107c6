package train

import (
	"math"

	"glassbox/model/kernel"

	"github.com/chewxy/math32"
)

// crossEntropy returns Σ_r −ln p[r,target] over the rows that have a target, with p = softmax(logits): the
// surprise at the true next tokens, in nats. Rows with the target Ignore count nothing. The last column
// stands for that many tokens with one and the same logit, copies of it; it is nobody's target unless it
// stands for itself alone.
//
// It turns logits, (R, V), into their gradient in place, for it inverts its own line
//
//	loss = 1/n·Σ_r (ln Σ_v copies[v]·exp(logits[r,v]) − logits[r,target])
//
// whose derivative is p, for the last column that of all its copies, minus one at the target:
//
//	dlogits[r,v] = (copies[v]·p[r,v] − [v = target])/n
func crossEntropy(logits []float32, targets []int, n, copies int) float64 {
	V := len(logits) / len(targets)
	total, last := float64(0), V-1
	for r, target := range targets {
		row := logits[r*V:][:V]
		if target == Ignore {
			clear(row)
			continue
		}
		right := row[target]
		largest := kernel.Max(row)
		sum := kernel.SumExp(row, largest)
		if copies > 1 {
			sum += float32(copies-1) * math32.Exp(row[last]-largest)
		}
		total += math.Log(float64(sum)) + (float64(largest) - float64(right))
		kernel.Softmax(row, row, largest, sum)
		row[last] *= float32(copies)
		row[target]--
		kernel.Scale(row, row, 1/float32(n))
	}
	return total
}
