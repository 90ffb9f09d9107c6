package view

import "glassbox/web/feature"

// FlatNote says quietly that the scene is drawn in 2D, why, and how to try 3D again.
type FlatNote struct{ Screen *feature.Screen }

// flatNoted reports whether there is one to be read.
func flatNoted(c *feature.Screen) bool { return c.State.Flat != nil && !c.State.Flat.Closed }

// Retry tries 3D again.
func (c *FlatNote) Retry() { c.Screen.Send(feature.SceneRetried{}) }

// Close closes the note.
func (c *FlatNote) Close() { c.Screen.Send(feature.FlatDismissed{}) }
