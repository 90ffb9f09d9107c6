package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/kernel"
)

// prompted is how many letters the sort model gets; the rest of its context it writes.
const prompted = 6

// measureNative measures the models outside the browser, and returns the times of the
// engine in milliseconds: a run of a prompt, and a further token.
func measureNative() (engine [2]float64) {
	b, err := os.ReadFile(filepath.Join("static", "models", "sort.safetensors"))
	if err != nil {
		log.Fatal(err)
	}
	sort, _, err := checkpoint.Load("sort", b)
	if err != nil {
		log.Fatal(err)
	}
	note := kernel.Name() + " kernels, one core"
	printFigure("native.sort.forward", timeRun(sort, prompted), "ms", 0, fmt.Sprintf("%d tokens, %d parameters; %s", prompted, sort.Config.Parameters(), note))
	printFigure("native.sort.token", timeToken(sort, prompted), "ms", 0, "a further token, the rows before it kept")
	engine[0], engine[1] = timeEngine(b)
	printFigure("native.engine.forward", engine[0], "ms", 0, "the page's engine: the same run with sampling and the values of all panels")
	printFigure("native.engine.token", engine[1], "ms", 0, "the page's engine: a further token")

	c := model.Config{Vocab: 50257, Context: 128, Width: 128, Heads: 4, Blocks: 4, Tied: true}
	large, err := model.New(c)
	if err != nil {
		log.Fatal(err)
	}
	large.Randomize(1)
	full, token := timeRun(large, 64), timeToken(large, 64)
	printFigure("native.gpt2words.forward", full, "ms", 0, fmt.Sprintf("64 tokens, random V=50257 C=128 L=4 H=4, %d parameters", c.Parameters()))
	printFigure("native.gpt2words.token", token, "ms", token/full, "a further token, with its probabilities; ratio: to the run of 64")
	return engine
}

// ids are n tokens.
func ids(m *model.Model, n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i * 7 % m.Config.Vocab
	}
	return list
}

// medianTime is the median time of f in milliseconds over half a second; before runs untimed.
func medianTime(before, f func() error) float64 {
	var times []float64
	for begin := time.Now(); time.Since(begin) < time.Second/2 || len(times) < 5; {
		if err := before(); err != nil {
			log.Fatal(err)
		}
		start := time.Now()
		if err := f(); err != nil {
			log.Fatal(err)
		}
		times = append(times, time.Since(start).Seconds()*1000)
	}
	return median(times)
}

// timeRun is the time of a forward run of n tokens, with the probabilities of what follows.
func timeRun(m *model.Model, n int) float64 {
	tr, list := model.NewTrace(m), ids(m, n)
	return medianTime(func() error { tr = model.NewTrace(m); return nil }, func() error {
		err := tr.Run(list)
		tr.Find(model.PartSoftmax, model.OpSoftmax).Row(n - 1)
		return err
	})
}

// timeToken is the time of one more token after n.
func timeToken(m *model.Model, n int) float64 {
	tr, list := model.NewTrace(m), ids(m, n+1)
	return medianTime(func() error { return tr.Run(list[:n]) }, func() error {
		err := tr.Run(list)
		tr.Find(model.PartSoftmax, model.OpSoftmax).Row(n)
		return err
	})
}
