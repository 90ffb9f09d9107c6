package dom

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vugu/vugu"
)

// node is a node of the page, drawn or to be drawn.
type node struct {
	vg        *vugu.VGNode // its look; never a component or a template
	key       any          // the component whose root this is, or nil
	namespace string
	kids      []*node // none where vg has InnerHTML
	handle    handle  // once it is drawn
	serial    int     // of the node in the page that it is drawn as; no two in the page ever have the same
}

// String names the node in error messages, such as "<input>".
func (n *node) String() string {
	if n.vg.Type == vugu.ElementNode {
		return "<" + n.vg.Data + ">"
	}
	return "text"
}

// flattener turns the trees of all components into the one tree of the page.
type flattener struct {
	built *vugu.BuildResults
}

// add appends the nodes that v stands for: the root of a component, the children of a template, or v.
// key is the outermost component whose root v is. namespace is that of the parent's children.
func (f flattener) add(kids []*node, v *vugu.VGNode, key any, namespace string) ([]*node, error) {
	switch {
	case v.Component != nil:
		return f.addComponent(kids, v.Component, key, namespace)
	case v.IsTemplate():
		return f.addChildren(kids, v, namespace)
	case v.Type != vugu.ElementNode && v.Type != vugu.TextNode && v.Type != vugu.CommentNode:
		return nil, fmt.Errorf("dom: node of type %d, expected an element, a text or a comment", v.Type)
	}
	n := &node{vg: v, key: key}
	if v.Type == vugu.ElementNode {
		n.namespace = namespaceOf(v, namespace)
		if v.InnerHTML == nil {
			var err error
			if n.kids, err = f.addChildren(nil, v, childNamespace(n)); err != nil {
				return nil, err
			}
		}
	}
	return append(kids, n), nil
}

func (f flattener) addComponent(kids []*node, component, key any, namespace string) ([]*node, error) {
	out := f.built.ResultFor(component)
	if out == nil {
		return nil, fmt.Errorf("dom: component %T was not built", component)
	}
	if len(out.CSS)+len(out.JS) > 0 {
		return nil, fmt.Errorf("dom: component %T has a style, link or script element; expected them in the page", component)
	}
	if key == nil && len(out.Out) == 1 {
		key = component
	}
	for _, v := range out.Out {
		var err error
		if kids, err = f.add(kids, v, key, namespace); err != nil {
			return nil, err
		}
	}
	return kids, nil
}

func (f flattener) addChildren(kids []*node, v *vugu.VGNode, namespace string) ([]*node, error) {
	for child := v.FirstChild; child != nil; child = child.NextSibling {
		var err error
		if kids, err = f.add(kids, child, nil, namespace); err != nil {
			return nil, err
		}
	}
	return kids, nil
}

// namespaceOf returns the namespace of an element. Vugu knows only what stands in the same template, so
// the root of a component inherits from its parent.
func namespaceOf(v *vugu.VGNode, parent string) string {
	switch {
	case v.Namespace == "svg" || v.Data == "svg":
		return svgNamespace
	case v.Namespace == "math" || v.Data == "math":
		return mathMLNamespace
	}
	return parent
}

// mathMLTokens are the elements of MathML that hold no others of MathML, but may hold some of HTML: a button.
var mathMLTokens = []string{"mi", "mn", "mo", "mtext", "ms"}

// childNamespace returns the namespace of an element's children.
func childNamespace(n *node) string {
	if strings.EqualFold(n.vg.Data, "foreignObject") || n.namespace == mathMLNamespace && slices.Contains(mathMLTokens, n.vg.Data) {
		return ""
	}
	return n.namespace
}

// sameKind reports whether the page's node of a can be changed into b.
func sameKind(a, b *node) bool {
	return a.vg.Type == b.vg.Type && a.namespace == b.namespace &&
		(a.vg.Type != vugu.ElementNode || a.vg.Data == b.vg.Data)
}

// alike reports whether a and b seem to come from the same place of the same template, which Vugu does
// not say: they have the same attribute names, class, id, kinds of events, or the same text.
func alike(a, b *node) bool {
	if a.key != b.key || !sameKind(a, b) {
		return false
	}
	if a.key != nil {
		return true
	}
	if a.vg.Type != vugu.ElementNode {
		return a.vg.Data == b.vg.Data
	}
	return alikeAttributes(a.vg.Attr, b.vg.Attr) && alikeEvents(a.vg, b.vg) &&
		len(a.vg.Prop) == len(b.vg.Prop) && (a.vg.InnerHTML == nil) == (b.vg.InnerHTML == nil)
}

func alikeAttributes(a, b []vugu.VGAttribute) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Key != b[i].Key || (a[i].Key == "class" || a[i].Key == "id") && a[i].Val != b[i].Val {
			return false
		}
	}
	return true
}

func alikeEvents(a, b *vugu.VGNode) bool {
	if len(a.DOMEventHandlerSpecList) != len(b.DOMEventHandlerSpecList) {
		return false
	}
	for i := range a.DOMEventHandlerSpecList {
		if a.DOMEventHandlerSpecList[i].EventType != b.DOMEventHandlerSpecList[i].EventType {
			return false
		}
	}
	return true
}
