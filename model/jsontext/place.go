package jsontext

import "glassbox/model/fault"

// A Place is the object that is being read. Each has errors of its own, so that a translation finds whole sentences.
type Place interface {
	Begin() *fault.Fault           // the object does not begin
	GoOn() *fault.Fault            // it neither goes on nor ends behind a field
	Twice(key string) *fault.Fault // it has a key twice
}

// InObject is any object.
var InObject Place = object{}

type object struct{}

func (object) Begin() *fault.Fault {
	return fault.New("objectBegins", "expected '{' to begin the object")
}

func (object) GoOn() *fault.Fault {
	return fault.New("objectGoesOn", "expected ',' or '}' in the object")
}

func (object) Twice(key string) *fault.Fault {
	return fault.New("twiceInObject", "the object has the key %s twice", fault.Legible(key))
}
