// Package regular reads files that a command is given by name: devices and pipes, which have no end, are refused.
package regular

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"glassbox/model/safetensors"
)

// ReadFile reads a whole file. It fails at once if the name is that of a folder, a device or a pipe.
func ReadFile(name string) ([]byte, error) {
	info, err := os.Stat(name) // before it is opened: a pipe would wait for its other end
	if err != nil {
		return nil, err
	}
	if is := kind(info.Mode()); is != "" {
		return nil, fmt.Errorf("%s is %s; expected a file", Name(name), is)
	}
	return os.ReadFile(name)
}

// kind says what stands in the place of a file; "" if it is one.
func kind(mode fs.FileMode) string {
	switch {
	case mode.IsRegular():
		return ""
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeNamedPipe != 0:
		return "a pipe"
	case mode&fs.ModeDevice != 0:
		return "a device"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	}
	return "something else"
}

// Name returns the last part of a file's name in a form that can be printed: no character in it steers a terminal, or turns
// the rest of the line around.
func Name(name string) string { return safetensors.Legible(filepath.Base(name)) }
