package view

import "glassbox/web/feature"

// zoomStep is how much nearer one press of plus brings the camera.
const zoomStep = 1.4

// Tools are the buttons of the camera, for those who have neither wheel nor keys at hand.
type Tools struct{ Screen *feature.Screen }

// In brings the camera nearer.
func (c *Tools) In() { c.Screen.Do(feature.Zoom{By: zoomStep}) }

// Out takes it back.
func (c *Tools) Out() { c.Screen.Do(feature.Zoom{By: 1 / zoomStep}) }

// Fit shows the whole model.
func (c *Tools) Fit() { c.Screen.Do(feature.Fit{}) }
