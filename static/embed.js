// For a page in a frame of another one: starts the program only when the page is needed, and tells it
// whether the reader has the frame in view, and whether a slide deck stopped it.
//
//   if (!glassboxEmbed.framed) …        // a page of its own: always near, never stopped
//   await glassboxEmbed.wanted();       // until the frame is near the view, and Start was pressed
//   glassboxEmbed.onchange = () => …    // near or stopped changed
//
// It also keeps what the page around this one, or the one that opened it, asks by messages until the program hears it, and
// answers in its stead if that can't start.
//
// Slide decks (reveal.js and others) post the words "slide:start" and "slide:stop" to the frames of a
// slide. Only the page around this one may do that.
"use strict";

globalThis.glassboxEmbed = (() => {
	const root = document.documentElement;
	const poster = document.getElementById("poster");
	const framed = window.parent !== window;
	const held = new URLSearchParams(location.search).get("start") === "poster";
	const host = framed ? window.parent : window.opener;
	let calls = [];     // events that nobody has heard yet
	let running = null; // resolves wanted()

	const embed = {
		framed,
		near: !framed,
		stopped: false,
		started: !held, // Start was pressed, or there is no poster
		onchange: null,
		oncall: null, // hears the host's calls, which are events

		/** Lets oncall hear what was called before it was there. */
		hear() {
			for (const event of calls.splice(0)) embed.oncall(event);
		},

		/** Answers all calls with an error: the program can't start. */
		fail(error) {
			embed.oncall = ({ data: { id } }) => tell({ id, error });
			if (host) tell({ event: "failed", error });
			embed.hear();
		},

		/** Returns a promise that resolves once the page is needed. */
		wanted() {
			return new Promise((resolve) => { running = resolve; change(); });
		},
	};

	function tell(message) { host.postMessage({ glassbox: 1, ...message }, "*"); }

	addEventListener("message", (event) => {
		const data = event.data;
		if (!host || event.source !== host || !data || data.glassbox !== 1 || typeof data.verb !== "string") return;
		if (embed.oncall) embed.oncall(event);
		else if (calls.length < 64) calls.push(event);
		else tell({ id: data.id, error: "too many questions at once; wait for the answers" });
	});

	function change() {
		if (running && embed.near && embed.started && !embed.stopped) {
			running();
			running = null;
		}
		if (embed.onchange) embed.onchange();
	}

	function set(name, value) {
		if (embed[name] === value) return;
		embed[name] = value;
		change();
	}

	function start() {
		poster.hidden = true;
		set("started", true);
	}

	if (held) {
		poster.hidden = false;
		document.getElementById("start").addEventListener("click", start);
	}
	if (!framed) return embed;

	// Browsers apply the margin in frames of the same origin only; elsewhere a frame is near once a pixel shows.
	root.dataset.framed = "";
	new IntersectionObserver((entries) => set("near", entries[entries.length - 1].isIntersecting), { rootMargin: "50%" })
		.observe(root);

	addEventListener("message", ({ source, data }) => {
		if (source !== window.parent) return;
		if (data === "slide:stop") set("stopped", true);
		if (data === "slide:start") { start(); set("stopped", false); }
	});

	// A frame is active from when the reader presses or tabs into it until they leave it. Only then do the
	// wheel and one finger move the model; otherwise they scroll the article.
	const active = (on) => () => {
		root.toggleAttribute("data-active", on);
		if (on) set("stopped", false); // a reader who touches a stopped page sees it
	};
	for (const name of ["pointerdown", "keydown"]) addEventListener(name, active(true), true);
	addEventListener("blur", active(false));
	root.addEventListener("mouseleave", active(false));
	return embed;
})();
