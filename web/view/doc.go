// Package view holds the Vugu components of the page. A .vugu file is markup only; the struct that it
// belongs to, and all logic, stand in the .go file of the same name. The generated *_gen.go files are
// committed; go generate (without GOOS or GOARCH set) writes them again.
package view

//go:generate go tool vugugen -skip-go-mod -skip-main .
//go:generate gofmt -w .
