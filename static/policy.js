// Narrows what this file may ask for, before anything else runs. The policy that stands in it lets it ask its own server and any
// host by https, for one file of a model that the reader wants from there. That is taken back here: nothing may be asked for, or
// the parts of the models that lie beside the page, or the one host that the reader has said yes to. A yes stands in the entry of
// the history, where no link can put it, and the page loads anew for it; it is used up by that.
//
//   glassboxPolicy.given           // the address that the reader said yes to, ""
//   glassboxPolicy.can             // a host may be asked at all
//   glassboxPolicy.reload(address, hash) // loads the page anew at a hash, with that yes
"use strict";
{
	const file = document.querySelector('meta[http-equiv="Content-Security-Policy"]').content;
	const said = history.state && history.state.glassbox;
	const narrow = / connect-src [^;]*https:/.test(file); // a page that gpt serve hands out has its own

	// hosts returns what may be asked for the file of an address. Hugging Face sends on to hosts of its own, which hold the files.
	const hosts = (address) => {
		const { origin, hostname } = new URL(address, location.href);
		if (origin === location.origin) return "'self'";
		return /(^|\.)huggingface\.co$/.test(hostname) ? origin + " https://*.huggingface.co https://*.hf.co" : origin;
	};

	globalThis.glassboxPolicy = {
		given: typeof said === "string" && narrow ? said : "",
		can: narrow,

		reload(address, hash) {
			history.replaceState({ glassbox: address }, "", hash);
			location.reload();
		},
	};
	if (said) history.replaceState(null, "");
	if (narrow) {
		const rule = document.createElement("meta");
		rule.httpEquiv = "Content-Security-Policy";
		let to = location.protocol !== "file:" && / frame-src /.test(file) ? "'self'" : "'none'";
		try {
			if (glassboxPolicy.given) to = hosts(glassboxPolicy.given);
		} catch {
			glassboxPolicy.given = ""; // it is no address
		}
		rule.content = "connect-src " + to;
		document.head.append(rule);
	}
}
