package main

import (
	"log"
	"time"

	"glassbox/model"
	"glassbox/web/engine"
)

// The texts that are run in turn: no two begin alike, so that all rows are computed anew.
var texts = [...]string{"CBABBC", "ACBACB", "BACCAB"}

// timeEngine returns the median times in milliseconds that the page's engine, run natively,
// takes to answer a run of six letters, and one of a further token, with sampling and all
// values. The page measures the same.
func timeEngine(file []byte) (whole, token float64) {
	e, id := engine.New(), 1
	ask := func(q engine.Request) (*engine.Ran, float64) {
		id++
		q.ID = id
		start := time.Now()
		reply := e.Handle(q)
		if reply.Error != "" {
			log.Fatal(reply.Error)
		}
		return reply.Ran, time.Since(start).Seconds() * 1000
	}
	ask(engine.Request{Load: &engine.Load{Name: "sort", File: file}})
	var wholes, tokens []float64
	for k := range 300 {
		run := engine.Run{Text: texts[k%len(texts)], Top: 64, Sampling: model.Sampling{TopP: 1}, Since: id}
		ran, a := ask(engine.Request{Run: &run})
		run.Generated, run.Since = []int{ran.Next.ID}, id
		_, b := ask(engine.Request{Run: &run})
		wholes, tokens = append(wholes, a), append(tokens, b)
	}
	return median(wholes), median(tokens)
}
