package open

import (
	"glassbox/web/feature"
	"glassbox/web/say"
)

// does says where the model is from.
func does(s feature.FileSource) string {
	switch {
	case s.Beside():
		return say.Open.DoesBeside(first(s.Licence, "none"), s.Licence)
	case s.Address != "":
		return say.Open.DoesAddress(host(s.Origin))
	}
	return say.Open.Does(s.Name)
}

// host names the host of an address.
func host(o feature.Origin) string { return first(o.Host, say.Weights.ServerItself()) }
