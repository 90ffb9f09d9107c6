package train

import (
	"math"

	"glassbox/model/kernel"
)

// crossEntropy returns Σ_r −ln p[r,target] over the rows that have a target, with p = softmax(logits): the
// surprise at the true next tokens, in nats. Rows with the target Ignore count nothing.
//
// It turns logits, (R, V), into their gradient in place, for it inverts its own line
//
//	loss = 1/n·Σ_r (ln Σ_v exp(logits[r,v]) − logits[r,target])
//
// whose derivative is p, minus one at the target:
//
//	dlogits[r,v] = (p[r,v] − [v = target])/n
func crossEntropy(logits []float32, targets []int, n int) float64 {
	V := len(logits) / len(targets)
	total := float64(0)
	for r, target := range targets {
		row := logits[r*V:][:V]
		if target == Ignore {
			clear(row)
			continue
		}
		right := row[target]
		largest := kernel.Max(row)
		sum := kernel.SumExp(row, largest)
		total += math.Log(float64(sum)) + (float64(largest) - float64(right))
		kernel.Softmax(row, row, largest, sum)
		row[target]--
		kernel.Scale(row, row, 1/float32(n))
	}
	return total
}
