// Command benchpage measures the page and its model, and prints one line of JSON for each
// figure: {"name", "value", "unit", "ratio", "note"}. Times say little on a machine that
// does other things as well; a ratio compares two that were measured in turn.
//
//	go run ./scripts/benchpage [-before old.html] dist/index.html
//
// With the file of an earlier page, only start and keystroke are measured, of both in turn; their ratio is to that
// page.
package main

import (
	"encoding/json"
	"flag"
	"log"
	"os"
	"slices"
	"strconv"
)

// A figure is one line of the output.
type figure struct {
	Name  string `json:"name"`
	Value number `json:"value"`
	Unit  string `json:"unit"`
	Ratio number `json:"ratio,omitempty"` // to what the note says
	Note  string `json:"note,omitempty"`
}

// A number is written with four significant digits, or as a whole number from 1000 on.
type number float64

// MarshalJSON writes the number.
func (n number) MarshalJSON() ([]byte, error) {
	if n >= 1000 || n <= -1000 {
		return strconv.AppendFloat(nil, float64(n), 'f', 0, 64), nil
	}
	four, err := strconv.ParseFloat(strconv.FormatFloat(float64(n), 'g', 4, 64), 64)
	return strconv.AppendFloat(nil, four, 'f', -1, 64), err
}

// printFigure writes a line. ratio 0 means that there is none.
func printFigure(name string, value float64, unit string, ratio float64, note string) {
	f := figure{name, number(value), unit, number(ratio), note}
	if err := json.NewEncoder(os.Stdout).Encode(f); err != nil {
		log.Fatal(err)
	}
}

// median sorts times, and returns the middle one.
func median(times []float64) float64 {
	slices.Sort(times)
	return times[len(times)/2]
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	before := flag.String("before", "", "the `file` of an earlier page, to compare start and keystroke with")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("usage: benchpage [-before old.html] dist/index.html")
	}
	path := flag.Arg(0)
	if *before != "" {
		compareStarts(path, *before)
		return
	}
	measureScene(path)
	measureSizes(path)
	native := measureNative()
	measureWorker(path, native)
	measureLanguage(path)
	measureLoad(path, "sort")
	measureLoad(path, "language")
	measureFile(path)
}
