// <glass-box src="index.html?ui=embed#model=sort&text=CBABBC" title="A GPT that sorts letters"></glass-box>: a frame that starts when
// it comes near the view, as high as suits it, or as its attribute height says. It has the verbs of docs/EMBED.md, which start it,
// too: await box.setPrompt("CABCAB"). Its events are ready, failed and change, whose detail is what state() says, and keydown for
// keys that the frame does not use, so that they turn the slides around it.
"use strict";

customElements.define("glass-box", class GlassBox extends HTMLElement {
	static observedAttributes = ["src", "title", "height"];
	static verbs = "state stats steps step play reset setPrompt select goto model sampling walk tensor explain export".split(" ");
	static { for (const verb of this.verbs) this.prototype[verb] = function (...args) { return this.#ask(verb, args); }; }
	#frame = null;
	#loaded = false;
	#last = 0;
	#calls = new Map(); // whose answers are due, by id: {message, resolve, reject}
	#near = new IntersectionObserver((seen) => seen.some((s) => s.isIntersecting) && this.#start(), { rootMargin: "50%" });
	#hear = ({ source, data }) => {
		if (!this.#frame || source !== this.#frame.contentWindow || !data || data.glassbox !== 1) return;
		const { id, ok, error, event, height, state } = data, call = this.#calls.get(id);
		if (this.#calls.delete(id)) error === undefined ? call.resolve(ok) : call.reject(new Error(error));
		if (event === "size" && !this.hasAttribute("height")) this.#frame.style.height = height + "px";
		if (event === "ready") this.state().catch(() => {}); // who has called is told of changes
		if (event === "leave") this.#frame.blur();
		if (event === "key") this.dispatchEvent(new KeyboardEvent("keydown", { ...data, bubbles: true, cancelable: true }));
		if (["ready", "failed", "change"].includes(event)) this.dispatchEvent(new CustomEvent(event, { detail: error || state }));
	};
	connectedCallback() {
		addEventListener("message", this.#hear);
		this.style.display ||= "block";
		this.#near.observe(this);
	}
	disconnectedCallback() {
		removeEventListener("message", this.#hear);
		this.#near.disconnect();
		this.#frame = this.#frame?.remove();
		for (const { reject } of this.#calls.values()) reject(new Error("the frame was removed"));
		this.#calls.clear();
	}
	attributeChangedCallback(name, _, value) {
		if (this.#frame) name === "height" ? this.#frame.style.height = (value || 560) + "px" : this.#frame[name] = value || "";
	}
	#start() {
		if (this.#frame) return;
		this.#loaded = false;
		this.#frame = Object.assign(document.createElement("iframe"), { sandbox: "allow-scripts allow-downloads", allow: "clipboard-write" });
		this.#frame.onload = () => { this.#loaded = true; this.#calls.forEach((call) => this.#send(call)); };
		this.#frame.style.cssText = "display: block; width: 100%; border: 0";
		for (const name of GlassBox.observedAttributes) this.attributeChangedCallback(name, null, this.getAttribute(name));
		this.append(this.#frame);
	}
	#send({ message }) { this.#frame.contentWindow.postMessage(message, "*"); }
	#ask(verb, args) {
		if (!this.isConnected) return Promise.reject(new Error("the element is not in a page"));
		this.#start();
		return new Promise((resolve, reject) => {
			const call = { resolve, reject, message: { glassbox: 1, id: ++this.#last, verb, args } };
			this.#calls.set(call.message.id, call);
			if (this.#loaded) this.#send(call);
		});
	}
});
