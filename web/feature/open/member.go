package open

import (
	"strings"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// A Member is a file of the model as the dialog lists it, or one that is missing.
type Member struct {
	Name, Size, Is string
	Missing        bool
}

// Lacking marks what is missing.
func (m Member) Lacking() interface{} { return feature.Present(m.Missing) }

// mostMissing is how many missing files are listed by name.
const mostMissing = 6

// Lists reports whether the files are listed: there are several, or one is missing.
func (c *Dialog) Lists() bool { return len(c.opening().Files) > 1 || c.opening().Lacks() }

// Members lists the files of the model and those that are missing: the weights in the order of their names, then the others.
func (c *Dialog) Members() (list []Member) {
	o := c.opening()
	var others []Member
	for i, f := range o.Files {
		role, known := o.role(i)
		switch m := (Member{Name: f.Name, Size: say.Bytes(f.Size), Is: say.Open.Role(role)}); {
		case !known:
			list = append(list, m)
		case role == "weights":
			list = insert(list, m)
		case role != "":
			others = append(others, m)
		}
	}
	if o.Step != Looks {
		for _, name := range o.Known.Missing[:min(mostMissing, len(o.Known.Missing))] {
			list = insert(list, Member{Name: name, Is: say.Open.Missing(), Missing: true})
		}
		if len(o.Known.Missing) > mostMissing {
			list = append(list, Member{Name: "…", Is: say.Open.Missing(), Missing: true})
		}
	}
	return append(list, others...)
}

// insert puts a file where its name, without the folders, has its place.
func insert(list []Member, m Member) []Member {
	base := func(m Member) string { return m.Name[strings.LastIndexByte(m.Name, '/')+1:] }
	list = append(list, m)
	for i := len(list) - 1; i > 0 && base(list[i]) < base(list[i-1]); i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	return list
}

// role returns what a file is to the model; known is false while it has not been looked at.
func (o *State) role(i int) (role string, known bool) {
	if o.Step == Looks || i >= len(o.Known.Members) {
		return "", false
	}
	return o.Known.Members[i].Role, true
}

// LeftOut names the files that take no part; "": there are none.
func (c *Dialog) LeftOut() string {
	o := c.opening()
	var names []string
	for i, f := range o.Files {
		if role, known := o.role(i); known && role == "" {
			names = append(names, f.Name)
		}
	}
	if names == nil || !c.Lists() {
		return ""
	}
	return say.Open.LeftOut(len(names), names)
}
