//go:build !js

package browser

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// ErrNotFound says that no Chromium is installed, and which command installs one.
var ErrNotFound = errors.New("no Chromium found: install one with `" + installCommand() + "`, or name the program in $CHROMIUM")

// Find returns the path of a Chromium or Chrome program. $CHROMIUM, if set, decides; otherwise the
// usual names are looked up in $PATH, and on macOS in the Applications folders.
func Find() (string, error) {
	if path := os.Getenv("CHROMIUM"); path != "" {
		found, err := exec.LookPath(path)
		if err != nil {
			return "", fmt.Errorf("$CHROMIUM names no program: %w", err)
		}
		return found, nil
	}
	for _, name := range candidates() {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNotFound
}

// candidates lists where a browser may be, best first: names for $PATH, then whole paths.
func candidates() []string {
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}
	if runtime.GOOS != "darwin" {
		return names
	}
	apps := []string{"/Applications"}
	if home, err := os.UserHomeDir(); err == nil {
		apps = append(apps, filepath.Join(home, "Applications"))
	}
	for _, folder := range apps {
		for _, app := range []string{"Chromium", "Google Chrome"} {
			names = append(names, filepath.Join(folder, app+".app", "Contents", "MacOS", app))
		}
	}
	return names
}

// installCommand is what a reader types to get a browser on this system.
func installCommand() string {
	if runtime.GOOS == "darwin" {
		return "brew install --cask chromium"
	}
	return "sudo apt-get install -y chromium"
}
