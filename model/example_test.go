package model_test

import (
	"fmt"
	"glassbox/model/checkpoint"
	"log"
	"os"
)

// The model that sorts letters reads C B A B B C, and gives the letter that comes first.
func Example() {
	b, err := os.ReadFile("../static/models/sort.safetensors")
	if err != nil {
		log.Fatal(err)
	}
	m, _, err := checkpoint.Load("sort.safetensors", b)
	if err != nil {
		log.Fatal(err)
	}
	tr, err := m.Forward([]int{2, 1, 0, 1, 1, 2})
	if err != nil {
		log.Fatal(err)
	}
	p := tr.Step("probabilities").Row(5)
	fmt.Printf("next: A %.3f, B %.3f, C %.3f\n", p[0], p[1], p[2])
	e, err := tr.Explain("h.0.attn.head.1.scores", 5, 3)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s = %.4f\n", e.Op.Formula(), e.Value)
	for _, o := range e.Operands {
		fmt.Println(o.Role, "is", o.Count, "cells of", o.Tensor, "from", o.Start)
	}
	// Output:
	// next: A 1.000, B 0.000, C 0.000
	// Σ query·key = 5.6066
	// query is 16 cells of h.0.attn.head.1.query from 80
	// key is 16 cells of h.0.attn.head.1.key from 48
}
