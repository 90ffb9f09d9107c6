package feature

import (
	"slices"

	"glassbox/web/address"
	"glassbox/web/run"
	"glassbox/web/scene/camera"
)

// Frame flies to where the panel, or else the stage, is in view.
func (u *Change) Frame() {
	u.prepare()
	u.Camera, u.camera, u.flown = nil, nil, u.framed()
	u.Do(Fly{u.flown})
}

// ReleaseCamera forgets where the reader or a link put the camera, for something else leads it now.
func (u *Change) ReleaseCamera() { u.Camera, u.camera = nil, nil }

// prepare has the features tell the scene what it is to show, for the camera to find it there.
func (u *Change) prepare() {
	for _, f := range u.list() {
		if f.Show != nil {
			f.Show(u)
		}
	}
}

// aim puts the camera where a link says, or else frames what it shows. A run may still
// change the places of the panels; after it the camera takes its place again.
func (u *Change) aim(c *camera.State) {
	if c == nil {
		u.Frame()
		return
	}
	u.prepare()
	u.Camera, u.camera = c, c
	if u.Applied != 0 && u.Ran.Equal(u.Input()) {
		u.camera = nil // no run will come
	}
	u.Do(SetCamera{*c, u.Applied != 0})
}

// restoreCamera is called when a run has come. The first one may bring the panels that a link
// shows: those of sampling, or of a longer text.
func (u *Change) restoreCamera(first bool) {
	switch {
	case u.camera != nil:
		u.Do(SetCamera{*u.camera, !first})
		u.camera = nil
	case first && u.Camera == nil && !slices.Equal(u.flown, u.framed()):
		u.Frame()
	}
}

// rest takes over where the reader moved the camera.
func (u *Change) rest(c *camera.State) {
	if u.camera != nil {
		return // it is not yet where the link wants it
	}
	u.Camera = nil
	if c == nil {
		return
	}
	if at := address.Shortened(*c); at.Valid() {
		u.Camera = &at
	}
}

// ClosePressed looks at the pinned number from close by, or else at the chosen panel, or
// else at the stage.
type ClosePressed struct{}

// FlyToCell moves the camera so close to a cell that its number can be read.
type FlyToCell struct{ Cell run.Cell }

// closeUp flies there.
func (u *Change) closeUp() {
	if !u.Covered() && u.Cell != nil {
		u.Do(FlyToCell{*u.Cell})
		return
	}
	u.Frame()
}
