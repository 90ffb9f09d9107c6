//go:build !js

package main

import (
	"testing"

	"glassbox/scripts/browser"
)

// TestAReaderComparesWithAnotherTextAndWithFewerBits opens the card in the lab, changes a word, shows the difference, rounds the model, and
// makes an end of it.
func TestAReaderComparesWithAnotherTextAndWithFewerBits(t *testing.T) {
	t.Parallel()
	page := keep(t, addresses()["file"]+"#model=sort")
	page.WaitFor(`glassbox.state().text === "CBABBC" && document.querySelector("#lab") !== null`)
	press(page, "#lab")
	press(page, "[data-lab=entry]:nth-of-type(5)")
	page.WaitFor(`document.querySelector("#compare-text")?.value === "CBABBC" && document.querySelector("#compare-next") === null`)
	browser.Eval[bool](page, `(() => { const field = document.querySelector("#compare-text"); field.value = "CBABBA"; return field.dispatchEvent(new Event("input", {bubbles: true})); })()`)
	page.WaitFor(`document.querySelectorAll("#compare-next [data-pair]").length === 3 && location.hash.includes("with=text%3ACBABBA")`)
	page.WaitFor(`document.querySelector("#compare-part") !== null && document.querySelectorAll("#compare-steps [data-differs]").length === 6`)
	press(page, "#view-difference")
	page.WaitFor(`document.querySelector("#view-difference").getAttribute("aria-pressed") === "true" && document.querySelector(".legend .swatch.same") !== null`)
	press(page, "#compare-kind-type")
	page.WaitFor(`document.querySelectorAll("#compare-weights [data-differs]").length === 6 && location.hash.includes("with=type%3AQ4_0")`)
	press(page, "#compare-weights [data-differs] .link")
	page.WaitFor(`location.hash.includes("panel=") && document.querySelector("#compare-weights") !== null`)
	press(page, "#compare-end")
	page.WaitFor(`document.querySelector("#compare") === null && document.querySelector("#compare-views") === null && !location.hash.includes("with=")`)
}
