package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/explain"
	"glassbox/web/feature"
)

// Formula shows a formula as MathML; what is drawn and what a screen reader reads are one. A press on a symbol leads to
// the panel that it stands for, or to its only number. Maths holds no controls: for the keyboard, links to the same
// operands stand beside it. It is made by hand, for its elements are those that the formula has.
type Formula struct {
	Screen *feature.Screen
	List   []explain.MathNode
}

// Build makes the elements.
func (c *Formula) Build(*vugu.BuildIn) *vugu.BuildOut {
	root := element("math", "class", "math", "alttext", explain.Aloud(c.List))
	c.fill(root, c.List)
	return &vugu.BuildOut{Out: []*vugu.VGNode{root}}
}

func (c *Formula) fill(parent *vugu.VGNode, list []explain.MathNode) {
	for _, n := range list {
		e := element(n.Tag)
		if len(n.Kids) > 0 {
			c.fill(e, n.Kids)
		} else {
			e.AppendChild(&vugu.VGNode{Type: vugu.TextNode, Data: n.Text})
		}
		if n.Tag == "mo" {
			e.Attr = append(e.Attr, vugu.VGAttribute{Key: "stretchy", Val: "false"})
		}
		if class := c.NodeClass(n); class != "" {
			e.Attr = append(e.Attr, vugu.VGAttribute{Key: "class", Val: class})
		}
		if n.Part.Tensor != "" {
			e.Attr = append(e.Attr, vugu.VGAttribute{Key: "title", Val: n.Part.Tensor})
			e.DOMEventHandlerSpecList = []vugu.DOMEventHandlerSpec{{EventType: "click", Func: func(vugu.DOMEvent) { c.follow(n.Part) }}}
		}
		parent.AppendChild(e)
	}
}

var classes = map[explain.FormulaKind]string{explain.Symbol: "sym", explain.Value: "number", explain.Result: "result"}

// NodeClass tells what an element stands for; a symbol has the colour of what it leads to.
func (c *Formula) NodeClass(n explain.MathNode) string {
	switch {
	case n.Part.Tensor != "":
		return "sym link " + c.Screen.KindOf(n.Part.Tensor)
	case n.Joins():
		return "joins"
	case n.Text == "Σ" || n.Text == explain.Times:
		return "gap"
	}
	return classes[n.Part.Kind]
}

func (c *Formula) follow(p explain.FormulaPart) {
	if p.Cell.Name != "" {
		c.Screen.FollowCell(p.Cell)
		return
	}
	c.Screen.Follow(p.Tensor)
}

// element makes an element with attributes, each a name and a value.
func element(tag string, attributes ...string) *vugu.VGNode {
	e := &vugu.VGNode{Type: vugu.ElementNode, Data: tag}
	for i := 0; i < len(attributes); i += 2 {
		e.Attr = append(e.Attr, vugu.VGAttribute{Key: attributes[i], Val: attributes[i+1]})
	}
	return e
}
