package safetensors

import "glassbox/model/fault"

// A place is the object that is being read. Each has errors of its own, so that a translation finds whole sentences.
type place byte

const (
	inHeader place = iota
	inMetadata
	inEntry // of a tensor
)

// Begin says that the object does not begin.
func (p place) Begin() *fault.Fault {
	switch p {
	case inHeader:
		return fault.New("headerBegins", "expected '{' to begin the header")
	case inMetadata:
		return fault.New("metadataBegins", "expected '{' to begin __metadata__")
	}
	return fault.New("entryBegins", "expected '{' to begin the tensor's entry")
}

// GoOn says that the object neither goes on nor ends behind a field.
func (p place) GoOn() *fault.Fault {
	switch p {
	case inHeader:
		return fault.New("headerGoesOn", "expected ',' or '}' in the header")
	case inMetadata:
		return fault.New("metadataGoesOn", "expected ',' or '}' in __metadata__")
	}
	return fault.New("entryGoesOn", "expected ',' or '}' in the tensor's entry")
}

// Twice says that the object has a key twice.
func (p place) Twice(key string) *fault.Fault {
	key = Legible(key)
	switch p {
	case inHeader:
		return fault.New("twiceInHeader", "the header has the key %s twice", key)
	case inMetadata:
		return fault.New("twiceInMetadata", "__metadata__ has the key %s twice", key)
	}
	return fault.New("twiceInEntry", "the tensor's entry has the key %s twice", key)
}
