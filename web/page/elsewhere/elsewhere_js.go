// Package elsewhere reads the files of models that are on no disk of the reader's: beside the page, or on a server. What it reads
// is read like a File of the browser's; beside.js and remote.js do that.
package elsewhere

import (
	"strconv"
	"syscall/js"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/feature/open"
	"glassbox/web/feature/weights"
	"glassbox/web/page/browser"
	"glassbox/web/say"
)

// Places are where models lie.
type Places struct {
	browser.Guard
	Send func(feature.Msg)
	Add  func(file js.Value) int // keeps a file, and returns its number

	turn int // counts what is asked for; the answer to an older question is dropped
	file js.Value
}

// Tell tells at the start what lies beside the page, and to what the reader has said yes.
func (p *Places) Tell() {
	policy := js.Global().Get("glassboxPolicy")
	sealed := !policy.Get("can").Bool()
	p.Send(weights.Given{Address: policy.Get("given").String(), Sealed: sealed})
	if sealed && js.Global().Get("location").Get("protocol").String() != "file:" {
		return // it can't fetch what lies beside it
	}
	var m weights.Listed
	p.each(func(model js.Value, origin feature.Origin) {
		o := weights.Offer{Origin: origin, Name: model.Get("name").String()}
		for k := range model.Get("files").Length() {
			o.Bytes += model.Get("files").Index(k).Get("size").Int()
		}
		m.Offers = append(m.Offers, o)
	})
	p.Send(m)
}

// each goes through the models beside the page.
func (p *Places) each(f func(model js.Value, origin feature.Origin)) {
	list := js.Global().Get("glassboxBeside").Get("list")
	for i := range list.Length() {
		model := list.Index(i)
		f(model, feature.Origin{Address: feature.BesidePrefix + model.Get("folder").String(), Licence: model.Get("licence").String()})
	}
}

// Fetch hands over the files of a model beside the page.
func (p *Places) Fetch(c weights.Fetch) {
	p.each(func(model js.Value, origin feature.Origin) {
		if origin.Address != c.Address {
			return
		}
		m := open.Chosen{Folder: model.Get("name").String(), Origin: origin}
		for k := range model.Get("files").Length() {
			f := model.Get("files").Index(k)
			number := p.Add(js.Global().Get("glassboxBeside").Call("file", model.Get("folder"), f))
			m.Files = append(m.Files, feature.File{Number: number, Name: f.Get("name").String(), Size: f.Get("size").Int(), Sums: sumsOf(f.Get("parts"))})
		}
		p.Send(m)
	})
}

// sumsOf reads what the parts of a file must come to.
func sumsOf(parts js.Value) (list []engine.Sum) {
	for i := range parts.Length() {
		part := parts.Index(i)
		list = append(list, engine.Sum{Name: part.Get("name").String(), Bytes: part.Get("bytes").Int(), SHA256: part.Get("sha256").String()})
	}
	return list
}

// Look asks for the size of a file at an address, and hands it over.
func (p *Places) Look(c weights.Look) {
	at, err := weights.Parse(c.Address)
	if err != nil || !mayAsk(c.Address) {
		p.Send(weights.Failed{Reason: say.Weights.NotHTTPS()})
		return
	}
	p.Leave()
	turn := p.turn
	file := js.Global().Get("glassboxRemote").Call("file", c.Address)
	p.file = file
	p.Settle(file.Call("open"), func(js.Value) {
		if turn != p.turn {
			return
		}
		f := feature.File{Number: p.Add(file), Name: file.Get("name").String(), Size: file.Get("size").Int()}
		if c.SHA256 != "" {
			f.Sums = []engine.Sum{{Name: f.Name, Bytes: f.Size, SHA256: c.SHA256}}
		}
		p.Send(weights.Found{})
		p.Send(open.Chosen{Files: []feature.File{f}, Origin: feature.Origin{Address: c.Address, Host: at.Host, SHA256: c.SHA256, Unkept: !file.Get("keeps").Bool()}})
	}, func(reason js.Value) {
		if turn == p.turn {
			p.Send(weights.Failed{Reason: Reason(reason, at.File)})
		}
	})
}

// mayAsk reports whether the page may ask for an address at all, with a yes of the reader's: by https, or its own server.
func mayAsk(address string) bool {
	location := js.Global().Get("location")
	whole := js.Global().Get("URL").New(address, location.Get("href"))
	return whole.Get("protocol").String() == "https:" ||
		location.Get("protocol").String() != "file:" && whole.Get("origin").String() == location.Get("origin").String()
}

// Leave ends what Look began.
func (p *Places) Leave() {
	p.turn++
	Stop(p.file)
	p.file = js.Undefined()
}

// Reload loads the page anew at a hash, where it may ask the host of an address.
func (p *Places) Reload(c weights.Reload) {
	js.Global().Get("glassboxPolicy").Call("reload", c.Address, c.Hash)
}

// List tells what the browser keeps.
func (p *Places) List() {
	p.Settle(js.Global().Get("glassboxRemote").Call("kept"), func(list js.Value) {
		var m weights.Stored
		for i := range list.Length() {
			k := list.Index(i)
			m.Kept = append(m.Kept, weights.Kept{Address: k.Get("address").String(), Name: say.Harmless(k.Get("name").String()),
				Bytes: k.Get("size").Int(), Whole: k.Get("whole").Truthy()})
		}
		p.Send(m)
	}, func(js.Value) {})
}

// Delete has the browser forget a file.
func (p *Places) Delete(c weights.Delete) {
	p.Settle(js.Global().Get("glassboxRemote").Call("forget", c.Address), func(js.Value) { p.List() }, func(js.Value) {})
}

// Settle calls one of two functions with what a promise comes to.
func (p *Places) Settle(promise js.Value, done, failed func(v js.Value)) {
	var fns [2]js.Func
	for i, f := range [2]func(js.Value){done, failed} {
		fns[i] = p.Function("what lies elsewhere", func(args []js.Value) {
			fns[0].Release()
			fns[1].Release()
			f(args[0])
		})
	}
	promise.Call("then", fns[0], fns[1])
}

// call calls a method of a file, if it has it: those of the reader's disk have none.
func call(file js.Value, method string) {
	if file.Type() == js.TypeObject && file.Get(method).Type() == js.TypeFunction {
		file.Call(method)
	}
}

// Stop ends the reading of a file.
func Stop(file js.Value) { call(file, "stop") }

// Begin says that a file is read for good from here on.
func Begin(file js.Value) { call(file, "begin") }

// Answered tells a file what the engine made of it.
func Answered(file js.Value, r engine.Reply) {
	if r.Error == "" {
		call(file, "loaded")
	} else if r.Fault != nil {
		call(file, "refused")
	}
}

// Reason words why a file could not be read; "": what read it does not know. name is that of the file.
func Reason(v js.Value, name string) string {
	if v.Type() != js.TypeObject || v.Get("kind").Type() != js.TypeString {
		return ""
	}
	host := say.Weights.ServerItself()
	if h := v.Get("host"); h.Type() == js.TypeString {
		host = h.String()
	}
	part := func() string { return v.Get("part").String() }
	bytes := func(field string) string { return say.Bytes(v.Get(field).Int()) }
	switch kind := v.Get("kind").String(); {
	case kind == "partMissing":
		return say.Page.PartMissing(part(), name)
	case kind == "partChanged":
		return say.Page.PartChanged(part(), name)
	case kind == "unreachable" && v.Get("host").Type() != js.TypeString:
		return say.Weights.UnreachableHere()
	case kind == "unreachable":
		return say.Weights.Unreachable(host)
	case kind == "status":
		return say.Weights.Status(host, strconv.Itoa(v.Get("status").Int()), strconv.Itoa(v.Get("status").Int()))
	case kind == "sizeless":
		return say.Weights.Sizeless(host)
	case kind == "broken" && v.Get("lost").Truthy():
		return say.Weights.StorageLost()
	case kind == "broken":
		return say.Weights.Broken(bytes("at"), bytes("size"))
	case kind == "changed":
		return say.Weights.Changed()
	case kind == "size":
		return say.Weights.TooMuch(bytes("size"))
	}
	return ""
}
