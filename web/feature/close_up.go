package feature

import "glassbox/web/run"

// ClosePressed looks at the pinned number from close by, or else at the chosen panel, or
// else at the stage.
type ClosePressed struct{}

// FlyToCell moves the camera so close to a cell that its number can be read.
type FlyToCell struct{ Cell run.Cell }

// closeUp flies there.
func (u *Change) closeUp() {
	if u.Sizes == "" && u.Cell != nil {
		u.Do(FlyToCell{*u.Cell})
		return
	}
	u.Frame()
}
