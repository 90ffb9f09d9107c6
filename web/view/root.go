package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/feature"
)

// Root is the component that the page mounts; all others stand inside it.
type Root struct{ feature.Screen }

// Compute runs before each build.
func (c *Root) Compute(vugu.ComputeCtx) {
	if c.State == nil {
		c.State = &feature.State{}
	}
}

// Captioned reports whether the walk stands on the scene, for want of an inspector.
func (c *Root) Captioned() bool { return captioned(&c.Screen) }

func captioned(c *feature.Screen) bool { return c.State.Host.Bare() && walks(c) }

// Glosses reports whether the open word of the glossary stands on the scene, for want of an
// inspector; on the walk it stands in its caption.
func (c *Root) Glosses() bool { return c.State.Host.Bare() && c.State.Word != "" && !walks(&c.Screen) }

// Offers reports whether a file is offered, for the page can't save it by itself.
func (c *Root) Offers() bool { return c.State.Taking != nil && c.State.Taking.Offered }

// Said reports whether there is a notice, for the style sheet.
func (c *Root) Said() interface{} { return feature.Present(c.State.Notice != "") }
