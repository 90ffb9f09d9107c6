// Command ship makes a release of a folder in which scripts/build has left the page: it gives the page a card, by which
// programs show a link to it, and writes what else belongs to a release, with sums of all files and a manifest.
//
//	go run ./scripts/ship [-url https://example.org/glassbox/] dist
//	go run ./scripts/ship -version
//	go run ./scripts/ship -notes
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("ship: ")
	url := flag.String("url", "", "the `address` at which index.html will stand, for the picture of its card")
	version := flag.Bool("version", false, "print the version, as CHANGELOG.md has it, and do nothing else")
	notes := flag.Bool("notes", false, "print what CHANGELOG.md says of it, and do nothing else")
	flag.Parse()
	b, err := os.ReadFile("CHANGELOG.md")
	if err != nil {
		log.Fatal(err)
	}
	latest, err := newest(string(b))
	if err != nil {
		log.Fatal(err)
	}
	switch {
	case *version:
		fmt.Println(latest.version)
	case *notes:
		fmt.Println(latest.notes)
	case flag.NArg() != 1:
		flag.Usage()
		os.Exit(2)
	default:
		r := release{folder: flag.Arg(0), root: ".", version: latest.version, commit: commit(), url: *url}
		if err := r.make(); err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s holds version %s; %s has the sums of all files\n", r.folder, r.version, sumsName)
	}
}

// commit names the commit that is checked out, with a mark if files differ from it; "" outside of a repository.
func commit() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
