package address

import (
	"strings"
	"testing"
)

func TestAPlusIsASpaceAndAWrittenPlusIsOne(t *testing.T) {
	for hash, want := range map[string]string{
		"#text=The+ball": "The ball", "#text=1%2B1": "1+1", "#text=a+%2b+b": "a + b", "#text=The%20ball": "The ball",
	} {
		if l, w := Core().Parse(hash); l.Text != want || len(w) > 0 {
			t.Errorf("%s reads %q, with %v", hash, l.Text, w)
		}
	}
	l := New()
	l.Typed, l.Text = true, "1+1 = 2"
	if hash := Core().Hash(l); hash != "#text=1%2B1%20%3D%202" {
		t.Errorf("the link is %s", hash)
	}
}

func TestAKeyThatThereIsNotIsNamedWithTheNearest(t *testing.T) {
	for key, want := range map[string]string{
		"top-k": "k", "top_p": "p", "topK": "k", "prompt": "text", "Text": "text", "txet": "text", "temprature": "temperature", "temp": "temperature",
		"lang": "language", "stge": "stage", "pannel": "panel", "tensor": "panel", "cells": "cell", "seeds": "seed", "modell": "model",
	} {
		l, w := Core().Parse("#" + key + "=3&seed=2")
		if len(w) != 1 || w[0].Name != key || !strings.HasSuffix(w[0].Reason, "the nearest is "+want) {
			t.Errorf("%s gives %v; expected %s to be near", key, w, want)
		}
		if l.Sampling.Seed != 2 && key != "seeds" {
			t.Errorf("behind %s the rest is not read", key)
		}
	}
	for key, want := range map[string]string{"xyzzy": "there is no such key", "motoin": "?motion=…", "hide": "?hide=…"} {
		if _, w := Core().Parse("#" + key + "=3"); len(w) != 1 || !strings.Contains(w[0].Reason, want) {
			t.Errorf("%s gives %v; expected %q", key, w, want)
		}
	}
	if _, w := Core().Parse("#step&&top&" + strings.Repeat("z", 99) + "=1"); len(w) != 1 || len([]rune(w[0].Name)) > 41 {
		t.Errorf("names alone are verbs and anchors, and a long one is cut: %v", w)
	}
}

func TestWhatBelongsBehindTheHashIsSentThere(t *testing.T) {
	for query, want := range map[string]string{
		"?text=The+ball": "#text=…", "?prompt=A": "#text=…", "?top-k=3": "#k=…", "?model=sort": "#model=…", "?moton=none": "the nearest is motion", "?UI=embed": "the nearest is ui",
	} {
		if h, w := ParseQuery(query, every, Core()); len(w) != 1 || !strings.Contains(w[0].Reason, want) || h.UI != "" {
			t.Errorf("%s gives %v; expected %q", query, w, want)
		}
	}
	if _, w := ParseQuery("?utm_source=x&fbclid=1&v=2&test=1&view=a&file=b&session", every, Core()); len(w) > 0 {
		t.Errorf("what servers need gives %v", w)
	}
}
