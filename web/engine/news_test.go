package engine

import (
	"errors"
	"math/rand"
	"reflect"
	"strings"
	"testing"

	"glassbox/model/checkpoint"
)

func TestNewsArrive(t *testing.T) {
	r := rand.New(rand.NewSource(5))
	for range 100 {
		var n News
		fill(reflect.ValueOf(&n).Elem(), r)
		if got, err := DecodeNews(EncodeNews(n)); err != nil || !reflect.DeepEqual(got, n) {
			t.Fatalf("%+v arrives as %+v, %v", n, got, err)
		}
	}
}

func TestNewsOfAnotherBuildAreRefused(t *testing.T) {
	b := EncodeNews(News{Reading: &Reading{1, 2}})
	b[0]++
	for _, other := range [][]byte{b, b[:4], nil} {
		if _, err := DecodeNews(other); !errors.Is(err, ErrOtherBuild) {
			t.Errorf("%v gives %v", other, err)
		}
	}
}

// TestTheBuildIsTheFieldsOfMessages: of a list, and of what may be missing, it has what they hold.
func TestTheBuildIsTheFieldsOfMessages(t *testing.T) {
	kinds := string(fieldKinds())
	load, faults := "(tB[tii[tit]]Bitdfittttbbt)", strings.Repeat("(tt[ti[t]", deepestFault)+"b"+strings.Repeat("])", deepestFault)
	for _, part := range []string{"ib([tBi]ib)" + load + "(t[i]tfiffui[t][t]tii)", "ibt" + faults, "(ii)"} {
		if !strings.Contains(kinds, part) {
			t.Errorf("the kinds of all fields lack %s: %s", part, kinds)
		}
	}
}

// TestTheHeldModelIsLoadedAsOftenAsItIsAskedFor, also after another one: no bytes come with the request.
func TestTheHeldModelIsLoadedAsOftenAsItIsAskedFor(t *testing.T) {
	e := New()
	held := Request{Load: &Load{Name: "held", Held: true}}
	if r := e.Handle(held); !strings.Contains(r.Error, "no model") {
		t.Errorf("an engine that holds nothing answers %q", r.Error)
	}
	other := weights(t)
	i, err := checkpoint.Import("held.safetensors", other, checkpoint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e.Hold(i)
	first := e.Handle(held)
	if first.Error != "" || first.Loaded.Config.Alphabet != "ABC" {
		t.Fatalf("it loads as %+v", first)
	}
	if r := e.Handle(Request{Load: &Load{Name: "other", File: other}}); r.Error != "" || r.Loaded.Name != "other" {
		t.Fatalf("the other gives %+v", r)
	}
	again := e.Handle(held)
	first.Loaded.Millis, again.Loaded.Millis = 0, 0
	if !reflect.DeepEqual(first, again) {
		t.Errorf("the second time it is %+v, at first it was %+v", again.Loaded, first.Loaded)
	}
}
