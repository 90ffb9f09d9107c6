//go:build !js

package main

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// saving lets the tab save files, and returns the folder where they go.
func saving(t *testing.T, page *browser.Page) string {
	t.Helper()
	folder := t.TempDir()
	info, err := chromedp.Call(page.Context, target.GetTargetInfo, target.GetTargetInfoParams{})
	if err == nil {
		_, err = chromedp.Call(page.Context, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{
			Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllow, BrowserContextID: info.TargetInfo.BrowserContextID, DownloadPath: folder})
	}
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// saved returns a file once it is there: a browser gives it its name when it is whole.
func saved(t *testing.T, folder, name string) []byte {
	t.Helper()
	for end := time.Now().Add(browser.Patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if b, err := os.ReadFile(filepath.Join(folder, name)); err == nil && len(b) > 0 {
			return b
		}
	}
	list, _ := os.ReadDir(folder)
	t.Fatalf("%s was not saved; there are %v", name, list)
	return nil
}

func TestTheNumbersOfAPanelAreSaved(t *testing.T) {
	t.Parallel()
	for name, address := range addresses() {
		t.Run(name, func(t *testing.T) {
			page := chromium.Page(t)
			folder := saving(t, page)
			var n traffic
			n.watch(t, page.Context)
			reopen(page, address+"#text=CBABBC&panel=h.0.attn.head.1.scores")
			page.WaitFor(`document.querySelector("#take-npy")`)
			page.Do(chromedp.Focus(chromedp.CSS("#take-npy")), chromedp.KeyEvent("\r"))
			file := saved(t, folder, "sort-h.0.attn.head.1.scores.npy")
			header := binary.LittleEndian.Uint16(file[8:])
			want := browser.Eval[[]any](page, `glassbox.tensor("h.0.attn.head.1.scores").then((v) => [...v.data].map((x) => isNaN(x) ? null : x))`)
			if !strings.Contains(string(file[:header]), "'shape': (6, 6)") || len(file) != 10+int(header)+4*36 || len(want) != 36 {
				t.Fatalf("the file has %d bytes and says %q", len(file), file[:header])
			}
			for i, v := range want {
				got := float64(math.Float32frombits(binary.LittleEndian.Uint32(file[10+int(header)+4*i:])))
				if number, ok := v.(float64); ok && got != number || !ok && !math.IsNaN(got) {
					t.Errorf("number %d is %g; expected %v", i, got, v)
				}
			}
			if csv := browser.Eval[string](page, `glassbox.export("tok", "csv").catch((e) => e.message)`); !strings.Contains(csv, "there is no step") {
				t.Errorf("a file of nothing is %q", csv)
			}
			n.mu.Lock()
			defer n.mu.Unlock()
			for _, url := range n.urls {
				if !strings.HasPrefix(url, strings.TrimSuffix(address, "index.html")) && !strings.HasPrefix(url, "blob:") && !strings.HasPrefix(url, "data:") && url != "about:blank" {
					t.Errorf("something asked for %s", url)
				}
			}
			page.NoErrors()
		})
	}
}

func TestAFrameThatForbidsFilesHasAWayOn(t *testing.T) {
	t.Parallel()
	page := embedded(t, `<iframe sandbox="allow-scripts allow-same-origin" src="index.html#model=sort&text=CBABBC&panel=h.0.attn.head.1.scores" width="1200" height="700"></iframe>`)
	browser.Eval[state](page, `until(0, "state", `+seen+`)`)
	csv := browser.Eval[string](page, `ask(0, "export", "h.0.attn.head.1.scores", "csv").then((f) => f.file + " " + f.type + "\n" + new TextDecoder().decode(f.data))`)
	named, csv, _ := strings.Cut(csv, "\n")
	if named != "sort-h.0.attn.head.1.scores.csv text/csv;charset=utf-8" || strings.Count(csv, "\r\n") != 6 || strings.Count(csv, ",") != 30 {
		t.Errorf("by message the file is %s\n%s", named, csv)
	}
	page.WaitFor(`frames[0].document.querySelector("#take-csv")`)
	browser.Eval[bool](page, `(() => {
		const w = frames[0];
		w.navigator.clipboard && (w.navigator.clipboard.writeText = () => Promise.reject(new Error("no")));
		w.document.execCommand = () => false;
		w.document.querySelector("#take-csv").click();
		return true;
	})()`)
	page.WaitFor(`frames[0].document.querySelector("#take-card")`)
	if says := browser.Eval[string](page, `frames[0].document.querySelector("#take-says").textContent`); !strings.Contains(says, "may forbid saving files") || !strings.Contains(says, "copy the contents") {
		t.Errorf("it says %q", says)
	}
	page.WaitFor(`frames[0].document.activeElement.id === "take-save"`)
	browser.Eval[bool](page, `(frames[0].document.querySelector("#take-copy").click(), true)`)
	page.WaitFor(`frames[0].document.querySelector("#take-text")`)
	shown := browser.Eval[string](page, `(() => { const f = frames[0].document.querySelector("#take-text"); return f.value.slice(f.selectionStart, f.selectionEnd); })()`)
	if shown != strings.ReplaceAll(csv, "\r\n", "\n") {
		t.Errorf("the text to copy by hand is\n%q; expected\n%q", shown, csv)
	}
	browser.Eval[bool](page, `(frames[0].document.querySelector("#take-close").click(), true)`)
	page.WaitFor(`!frames[0].document.querySelector("#take-card")`)
	page.NoErrors()
}

func TestALongFileComesInPiecesAndCanBeCancelled(t *testing.T) {
	t.Parallel()
	page := language(t)
	browser.Eval[state](page, `glassbox.select("wte.weight")`)
	page.WaitFor(`document.querySelector("#take-csv") && !glassbox.stats().moving`)
	browser.Eval[bool](page, `(() => { // the engine hears of two pieces only
		const boot = glassboxBoot, post = boot.post;
		window.held = [];
		window.go = () => { boot.post = post; held.forEach((request) => boot.post(...request)); };
		let heard = 0;
		boot.post = (...request) => heard++ < 2 ? post.apply(boot, request) : held.push(request);
		document.querySelector("#take-csv").click();
		return true;
	})()`)
	page.WaitFor(`held.length > 0 && /: [1-9][0-9,]* of 50,257 rows/.test(document.querySelector("#take-progress")?.textContent)`)
	page.Do(chromedp.Focus(chromedp.CSS("#take-cancel")), chromedp.KeyEvent("\r"))
	page.WaitFor(`!document.querySelector("#writing") && document.querySelector("#notice").textContent.endsWith("was not written.")`)
	browser.Eval[bool](page, `(go(), true)`)
	if n := browser.Eval[int](page, `glassbox.export("logits", "npy").then((f) => f.data.length)`); n != 128+4*3*50257 {
		t.Errorf("the logits of three tokens are a file of %d bytes", n)
	}
	if svg := browser.Eval[string](page, `glassbox.export("logits", "svg").then((f) => new TextDecoder().decode(f.data))`); !strings.Contains(svg, "averaged: each cell is the mean of a block of 1 × 51") {
		t.Errorf("the picture does not say by how much it is averaged: %.800s", svg)
	}
	page.NoErrors()
}

func TestPanelAndViewArePictures(t *testing.T) {
	t.Parallel()
	page := chromium.Page(t)
	folder := saving(t, page)
	reopen(page, addresses()["file"]+"#text=CBABBC&panel=h.0.attn.head.1.scores")
	page.WaitFor(`document.querySelector("#take-svg")`)
	rest(page)
	page.Do(chromedp.Focus(chromedp.CSS("#take-svg")), chromedp.KeyEvent("\r"))
	if svg := string(saved(t, folder, "sort-h.0.attn.head.1.scores.svg")); !strings.Contains(svg, "model Sort") || !strings.Contains(svg, "seed 1") || !strings.Contains(svg, "Text: CBABBC") {
		t.Errorf("the picture says\n%.2000s", svg)
	}
	page.Do(chromedp.Focus(chromedp.CSS("#take-png")), chromedp.KeyEvent("\r"))
	panel := decoded(t, saved(t, folder, "sort-h.0.attn.head.1.scores.png"))
	page.Do(chromedp.Focus(chromedp.CSS("#take-view")), chromedp.KeyEvent("\r"))
	view := decoded(t, saved(t, folder, "sort-view.png"))
	if colours(panel) < 12 || colours(view) < 50 {
		t.Errorf("the panel has %d colours, the view %d", colours(panel), colours(view))
	}
	scene := browser.Eval[[]int](page, `(({ width, height }) => [width, height])(document.querySelector("#gl"))`)
	if b := view.Bounds(); b.Dx() != scene[0] || b.Dy() <= scene[1] {
		t.Errorf("the view is %v large, the scene %v: there is no place for the caption", b, scene)
	}
	if keep := os.Getenv("GLASSBOX_PICTURES"); keep != "" {
		_ = os.CopyFS(keep, os.DirFS(folder))
	}
	page.NoErrors()
}

func decoded(t *testing.T, file []byte) image.Image {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// colours counts those of a picture.
func colours(p image.Image) int {
	seen := map[color.Color]bool{}
	for y := p.Bounds().Min.Y; y < p.Bounds().Max.Y; y++ {
		for x := p.Bounds().Min.X; x < p.Bounds().Max.X; x++ {
			seen[p.At(x, y)] = true
		}
	}
	return len(seen)
}
