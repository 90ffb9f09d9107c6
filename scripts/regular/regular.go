// Package regular reads files that a command is given by name: devices and pipes, which have no end, are refused.
package regular

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"glassbox/model/checkpoint/safetensors"
)

// ReadFile reads a whole file. It fails at once if the name is that of a folder, a device or a pipe.
func ReadFile(name string) ([]byte, error) {
	return ReadFileTelling(name, nil)
}

// readAtOnce is how many bytes are read between two reports.
const readAtOnce = 8 << 20

// ReadFileTelling is ReadFile of a large file: tell, if it is not nil, gets how many bytes came, each time that some did.
func ReadFileTelling(name string, tell func(bytes int)) ([]byte, error) {
	info, err := stat(name)
	if err != nil {
		return nil, err
	}
	if tell == nil || info.Size() <= readAtOnce {
		b, err := os.ReadFile(name)
		if tell != nil {
			tell(len(b))
		}
		return b, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, info.Size())
	for at := 0; at < len(b); {
		n, err := io.ReadFull(f, b[at:min(at+readAtOnce, len(b))])
		if err != nil {
			return nil, err
		}
		at += n
		tell(n)
	}
	return b, nil
}

// ReadHead reads the first bytes of a file, most at most, and returns how many it has. It fails like ReadFile.
func ReadHead(name string, most int64) (head []byte, size int64, err error) {
	info, err := stat(name)
	if err != nil {
		return nil, 0, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	head = make([]byte, min(most, info.Size()))
	if _, err = io.ReadFull(f, head); err != nil {
		return nil, 0, err
	}
	return head, info.Size(), nil
}

// stat says what stands in the place of a file, before it is opened: a pipe would wait for its other end.
func stat(name string) (fs.FileInfo, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if is := kind(info.Mode()); is != "" {
		return nil, fmt.Errorf("%s is %s; expected a file", Name(name), is)
	}
	return info, nil
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
