package dom

import (
	"syscall/js"

	"github.com/vugu/vugu"
	vjs "github.com/vugu/vugu/js"
)

// event is an event of the browser that reads what a handler asks for, when it asks.
type event struct {
	value   js.Value
	current js.Value // the browser forgets the current target once the event is over
	env     vugu.EventEnv
}

var _ vugu.DOMEvent = (*event)(nil)

// Prop follows the keys from the event, such as "target", "value". The result is a string, a float64,
// a bool, or nil for all else.
func (e *event) Prop(keys ...string) any {
	v := e.value
	for i, key := range keys {
		switch {
		case i == 0 && key == "currentTarget":
			v = e.current
		case v.Type() == js.TypeObject || v.Type() == js.TypeFunction:
			v = v.Get(key)
		default:
			return nil
		}
	}
	switch v.Type() {
	case js.TypeString:
		return v.String()
	case js.TypeNumber:
		return v.Float()
	case js.TypeBoolean:
		return v.Bool()
	}
	return nil
}

// PropString is Prop, or "" where that is no string.
func (e *event) PropString(keys ...string) string {
	s, _ := e.Prop(keys...).(string)
	return s
}

// PropFloat64 is Prop, or 0 where that is no number.
func (e *event) PropFloat64(keys ...string) float64 {
	f, _ := e.Prop(keys...).(float64)
	return f
}

// PropBool is Prop, or false where that is no boolean.
func (e *event) PropBool(keys ...string) bool {
	b, _ := e.Prop(keys...).(bool)
	return b
}

// EventSummary is nil: to copy all properties costs more than most handlers. Prop reads single ones.
func (e *event) EventSummary() map[string]any { return nil }

func (e *event) JSEvent() vjs.Value              { return vjs.Value(e.value) }
func (e *event) JSEventTarget() vjs.Value        { return vjs.Value(e.value.Get("target")) }
func (e *event) JSEventCurrentTarget() vjs.Value { return vjs.Value(e.current) }
func (e *event) EventEnv() vugu.EventEnv         { return e.env }
func (e *event) PreventDefault()                 { e.value.Call("preventDefault") }
func (e *event) StopPropagation()                { e.value.Call("stopPropagation") }
