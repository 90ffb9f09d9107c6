package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/explain"
	"glassbox/web/feature"
)

// Formula shows a formula as MathML. Symbols lead to the panels that they stand for, or to the only number; what is
// drawn and what a screen reader reads are one. It is made by hand, for its elements are those that the formula has.
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
		switch {
		case len(n.Kids) > 0:
			c.fill(e, n.Kids)
		case n.Part.Tensor != "":
			e.AppendChild(c.link(n))
		default:
			e.AppendChild(&vugu.VGNode{Type: vugu.TextNode, Data: n.Text})
		}
		class := classes[n.Part.Kind]
		if n.Tag == "mo" {
			e.Attr = append(e.Attr, vugu.VGAttribute{Key: "stretchy", Val: "false"})
			class = feature.Choose(n.Joins(), "joins", feature.Choose(n.Text == "Σ" || n.Text == explain.Times, "gap", ""))
		}
		if class != "" {
			e.Attr = append(e.Attr, vugu.VGAttribute{Key: "class", Val: class})
		}
		parent.AppendChild(e)
	}
}

var classes = map[explain.FormulaKind]string{explain.Symbol: "sym", explain.Value: "number", explain.Result: "result"}

// LinkClass colours a link as the kind of what it leads to.
func (c *Formula) LinkClass(p explain.FormulaPart) string { return "link " + c.Screen.KindOf(p.Tensor) }

// link is a symbol that leads to its panel.
func (c *Formula) link(n explain.MathNode) *vugu.VGNode {
	e := element("button", "class", c.LinkClass(n.Part), "title", n.Part.Tensor)
	e.AppendChild(&vugu.VGNode{Type: vugu.TextNode, Data: n.Text})
	e.DOMEventHandlerSpecList = []vugu.DOMEventHandlerSpec{{EventType: "click", Func: func(vugu.DOMEvent) { c.follow(n.Part) }}}
	return e
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
