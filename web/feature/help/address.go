package help

import (
	"github.com/vugu/vugu"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Address explains what the address of the page can say: the tables themselves.
type Address struct {
	Screen *feature.Screen
	groups []group // of this build
}

// A group is one of the tables.
type group struct {
	id, title, lead string
	rows            []row
}

type row struct{ name, doc, allowed string }

// Compute reads the tables.
func (c *Address) Compute(vugu.ComputeCtx) {
	hash := group{id: "address-hash", title: say.Help.LinkTitle(), lead: say.Help.LinkLead("#text=CBA&stage=softmax")}
	for _, p := range c.Screen.State.Properties() {
		hash.rows = append(hash.rows, row{p.Name, p.Doc, allowed(p.Allowed, p.Default)})
	}
	query := group{id: "address-query", title: say.Help.HostTitle(), lead: say.Help.HostLead("?ui=embed&hide=try,code")}
	for _, s := range address.Settings(c.Screen.State.Parts()) {
		query.rows = append(query.rows, row{s.Name, s.Doc, allowed(s.Allowed, s.Default)})
	}
	parts := group{id: "address-parts", title: say.Help.PartsTitle("hide="), lead: say.Help.PartsLead()}
	for _, p := range c.Screen.State.Parts() {
		parts.rows = append(parts.rows, row{p.Name, p.Doc, ""})
	}
	c.groups = []group{hash, query, parts}
}

// allowed says which values there are, and which one holds if none stands there.
func allowed(values, byDefault string) string {
	if byDefault == "" {
		return say.Help.Allowed(values)
	}
	return say.Help.AllowedOrDefault(values, byDefault)
}
