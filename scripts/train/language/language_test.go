package language

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"glassbox/model/train"
	"glassbox/scripts/train/corpus"
	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
)

func openTask(t *testing.T) *Task {
	t.Helper()
	tokens, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		t.Fatal(err)
	}
	g, err := newGenerated(tokens, 3, amounts{500, 50, [drillCount]int{50, 100, 50, 50, 50, 50}})
	if err != nil {
		t.Fatal(err)
	}
	task, err := open(3, tokens, g)
	if err != nil {
		t.Fatal(err)
	}
	return task
}

func TestABatchIsTheTextAndWhatFollows(t *testing.T) {
	task := openTask(t)
	b := task.Batch(5, 64)
	if again := openTask(t).Batch(5, 64); !slices.Equal(b.IDs, again.IDs) || !slices.Equal(b.Targets, again.Targets) {
		t.Error("the same step gave another batch")
	}
	shared, unseen := len(task.ids), 0
	for i, id := range b.IDs {
		if id == shared {
			unseen++
			if i%b.T > 0 && b.Targets[i-1] != train.Ignore {
				t.Fatalf("token %d never occurs, but counts as target %d", i, b.Targets[i-1])
			}
		} else if i%b.T > 0 && b.Targets[i-1] != id {
			t.Fatalf("token %d is %d, but what follows token %d is %d", i, id, i-1, b.Targets[i-1])
		}
		if b.Targets[i] == shared {
			t.Fatalf("the shared row is the target of token %d", i)
		}
	}
	if n := len(b.IDs); unseen < n/200 || unseen > n/50 {
		t.Errorf("%d of %d inputs are tokens that never occur; expected about one in %d", unseen, n, unseenOneIn)
	}
}

func TestTheHeldOutPartIsAnother(t *testing.T) {
	task := openTask(t)
	b := task.HeldOut(8)
	unseen := 0
	for _, id := range b.IDs {
		if id == len(task.ids) {
			unseen++
		}
	}
	if unseen > len(b.IDs)/50 {
		t.Errorf("%d of %d held-out tokens never occur in training", unseen, len(b.IDs))
	}
	first := task.source.(*generated)
	for i := range 20 {
		if first.document(i) == first.generator(i, corpus.HeldOut).Next() {
			t.Errorf("document %d stands in both parts", i)
		}
	}
}

func TestAPublishedModelHasTheWholeVocabulary(t *testing.T) {
	task := openTask(t)
	s, err := train.NewState(task.Config(), 1)
	if err != nil {
		t.Fatal(err)
	}
	m, err := task.Publish(s.Model)
	if err != nil {
		t.Fatal(err)
	}
	if m.Config.Vocab != 50257 || task.Copies() != 50257-len(task.ids) {
		t.Errorf("V = %d, %d copies of the shared row, %d tokens with a row of their own", m.Config.Vocab, task.Copies(), len(task.ids))
	}
	if how, foreign := 2437, 33434; m.Unseen(how) || !m.Unseen(foreign) { // "How", and a piece of bytes
		t.Error("the wrong tokens count as never seen")
	}
	if !slices.Equal(m.WTE.Row(task.ids[7]), s.Model.WTE.Row(7)) {
		t.Error("a token has the row of another one")
	}
}

func TestAReadersOwnText(t *testing.T) {
	words := strings.Fields("the cat saw the dog and the dog saw the moon over a small green hill")
	var text strings.Builder
	for r, i := rand.New(rand.NewPCG(1, 1)), 0; i < 3000; i++ {
		text.WriteString(" " + words[r.IntN(len(words))])
	}
	task, err := Read(1, "cat.txt", text.String())
	if err != nil {
		t.Fatal(err)
	}
	if err := train.Task(task).Recipe().Validate(); err != nil {
		t.Error(err)
	}
	for _, b := range []train.Batch{task.Batch(0, 4), task.HeldOut(4)} {
		if b.Texts() != 4 || b.T != Context {
			t.Errorf("a batch of %d texts of %d tokens", b.Texts(), b.T)
		}
	}
	if _, err := Read(1, "short.txt", "too short"); err == nil || !strings.Contains(err.Error(), "short.txt has 2 tokens") {
		t.Errorf("a short text gave %v", err)
	}
	if _, err := Read(1, "bytes.txt", "\xff"+text.String()); err == nil || !strings.Contains(err.Error(), "bytes.txt") {
		t.Errorf("bytes that are no text gave %v", err)
	}
}

func TestAnswersCountMoreWithEachLesson(t *testing.T) {
	task := openTask(t)
	lessons := task.source.lessons()
	for i, l := range lessons {
		if before := lessonOf(lessons, l.from-1); i > 0 && before != lessons[i-1] {
			t.Errorf("before step %d the lesson is %v", l.from, before)
		}
		answers, b := 0, task.Batch(l.from, 64)
		for j, w := range b.Weights {
			if w == l.answer {
				answers++
			} else if w != 1 {
				t.Fatalf("step %d: token %d has the weight %v", l.from, j, w)
			}
		}
		if n := len(b.IDs); l.answer > 1 && (answers < n/100 || answers > n/3) {
			t.Errorf("step %d: %d of %d tokens count as answers", l.from, answers, n)
		}
	}
}
