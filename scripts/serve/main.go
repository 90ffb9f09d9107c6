// Command serve serves a folder on this machine, to look at the page over http.
//
//	go run ./scripts/serve [-port 8080] [-quiet] dist
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
)

func main() {
	port := flag.Int("port", 8080, "the first `port` to try; the next free one is taken")
	quiet := flag.Bool("quiet", false, "do not open a browser")
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	listener, err := listen(*port)
	if err != nil {
		log.Fatal(err)
	}
	address := fmt.Sprintf("http://%s/", listener.Addr())
	fmt.Printf("Glassbox is at %s (Ctrl-C ends it)\n", address)
	if !*quiet {
		open(address)
	}
	log.Fatal(http.Serve(listener, handler(flag.Arg(0))))
}

// listen takes the first free port of this machine from first on, out of 20.
func listen(first int) (net.Listener, error) {
	var err error
	for port := first; port < first+20; port++ {
		var l net.Listener
		if l, err = net.Listen("tcp", fmt.Sprintf("localhost:%d", port)); err == nil {
			return l, nil
		}
	}
	return nil, fmt.Errorf("no free port from %d on: %w", first, err)
}

// handler serves folder without caching, so that a reload after a build shows the new page.
func handler(folder string) http.Handler {
	files := http.FileServer(http.Dir(folder))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		files.ServeHTTP(w, r)
	})
}

// open shows the address in a browser, where there is a desktop to show it on.
func open(address string) {
	name := "xdg-open"
	if runtime.GOOS == "darwin" {
		name = "open"
	} else if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return
	}
	if path, err := exec.LookPath(name); err == nil {
		_ = exec.Command(path, address).Start()
	}
}
