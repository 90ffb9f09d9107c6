package model

import (
	"slices"
	"strings"
	"testing"
)

func TestAnEditIsReadAndWrittenAlike(t *testing.T) {
	for _, spec := range []string{
		"h.0.mlp.down=0", "h.0.mlp.gelu*=0.5", "h.0.attn.head.0.mix=mean", "h.0.attn.head.0.mix[3]=mean@9", "h.0.residual_1[4,3]=2.5",
		"embed.sum=from:1,2,3", "embed.sum[1]=from:1,2,3@3", "wte.weight[2,5]*=-1.5e-07", "off:h.1.attn.head.2", "off:mask", "h.0.ln_1[0]=-0.25",
		"h.1.residual_2+=2*steer:1,2/3-4,5", "h.1.residual_2[3]+=-0.5*steer:1-2/3",
	} {
		e, err := ParseEdit(spec)
		if err != nil || e.String() != spec {
			t.Errorf("%s is read as %+v, %v, and written as %s", spec, e, err, e)
		}
	}
	list, err := ParseEdits(" off: mask ;; h.0.ln_1 [ 1, 2 ] = 0;h.0.ln_1 *= 2;")
	if err != nil || FormatEdits(list) != "off:mask;h.0.ln_1[1,2]=0;h.0.ln_1*=2" {
		t.Errorf("the list is %s, %v", FormatEdits(list), err)
	}
}

var noEdits = []string{"", "off:", "h.0.mlp.down", "=0", "h.0.ln_1=", "h.0.ln_1=x", "h.0.ln_1=NaN", "h.0.ln_1=Inf", "h.0.ln_1=1e40", "h.0.ln_1[1=0", "h.0.ln_1[]=0",
	"h.0.ln_1[1,]=0", "h.0.ln_1[-1]=0", "h.0.ln_1[1,2,3]=0", "h.0.ln_1*=mean", "h.0.ln_1=mean@0", "h.0.ln_1=mean@", "h.0.ln_1=from:", "h.0.ln_1=from:1,-2",
	"h.0.ln_1=2@3", "[1,2]=0", "h.0.ln_1+=2", "h.0.ln_1+=2*steer:1", "h.0.ln_1+=2*steer:1-", "h.0.ln_1+=x*steer:1-2", "h.0.ln_1+=2*steer:1/-2", "h.0.ln_1+*=2"}

func TestWhatIsNoEditIsSaidToBeNone(t *testing.T) {
	for _, spec := range noEdits {
		if e, err := ParseEdit(spec); err == nil {
			t.Errorf("%q is read as %+v", spec, e)
		}
	}
}

func FuzzEdits(f *testing.F) {
	for _, spec := range append(noEdits, "a[1,2]*=3;off:mask", "a=mean@2;b=from:1,2@2") {
		f.Add(spec)
	}
	m := smallLlama(f)
	tr, err := m.Forward(someIDs(5, m.Config.Vocab))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, list string) {
		edits, err := ParseEdits(list)
		if err != nil {
			return
		}
		again, err := ParseEdits(FormatEdits(edits))
		if err != nil || !slices.EqualFunc(edits, again, func(a, b Edit) bool { return a.String() == b.String() }) {
			t.Fatalf("%q is %v, and read again %v, %v", list, edits, again, err)
		}
		if _, err := tr.Edited(edits); err != nil && strings.Contains(err.Error(), "%!") {
			t.Fatal(err)
		}
	})
}

func TestWhatAStepIsAPartOfCanBeSwitchedOff(t *testing.T) {
	for folder, m := range map[string]*Model{"nano-sort": load(t, "nano-sort"), "tiny-llama": loadFolder(t, "testdata/tiny-llama"), "tiny-qwen3": loadFolder(t, "testdata/tiny-qwen3")} {
		tr, err := m.Forward([]int{1, 2})
		if err != nil {
			t.Fatal(err)
		}
		infos := map[string]Info{}
		for _, s := range tr.Steps {
			infos[s.Name] = s.Info()
		}
		info := func(name string) (i Info, ok bool) { i, ok = infos[name]; return i, ok }
		found := map[string]bool{}
		for _, i := range infos {
			for _, o := range i.Offs() {
				e, err := ParseEdit(o.Spec())
				if back, ok := e.Off(info); err != nil || !ok || back != o {
					t.Errorf("%s: %s of %s reads as %+v, %v; expected %+v", folder, o.Spec(), i.Name, back, err, o)
				}
				if _, err := tr.Edited([]Edit{e}); err != nil {
					t.Errorf("%s: %s of %s can't be made: %v", folder, o.Spec(), i.Name, err)
				}
				found[o.Spec()] = true
			}
			if o, ok := i.Adds(); ok && !slices.Contains(i.Offs(), o) {
				t.Errorf("%s: %s adds %+v, which it does not offer", folder, i.Name, o)
			}
		}
		for _, want := range []string{"off:norm", "off:scale", "off:positions", "off:residual", "off:mask", "off:h.0.attn", "off:h.0.mlp", "off:h.0.attn.head.1"} {
			if !found[want] {
				t.Errorf("%s: no step offers %s", folder, want)
			}
		}
	}
}
