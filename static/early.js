// Keeps what the reader types and presses while the page is on its way, and says how much of it is here.
//
//   const text = glassboxEarly.take()  // what was typed; nothing is kept from here on
//   …                                  // the program draws its own elements
//   glassboxEarly.replay()             // focus and caret go there, and what was pressed is pressed
"use strict";

globalThis.glassboxEarly = (() => {
	const field = () => document.getElementById("prompt");
	const pressed = []; // functions that do it
	const listening = new AbortController();
	let words = null; // section boot of static/language, by language
	let focus = () => {};
	let composing = null; // a promise of the end of it
	let composed = () => {};

	// say returns a text of index.html or of the scripts in the language of the page.
	function say(key, values = {}) {
		if (!words) {
			try {
				words = JSON.parse(document.getElementById("script-words").textContent);
			} catch {
				words = { en: {} }; // the file is damaged: a key is better than nothing
			}
		}
		const text = (words[document.documentElement.lang] || {})[key] || words.en[key] || key;
		return text.replace(/{(\w+)}/g, (_, name) => values[name]);
	}

	// path names an element so that the one is found which the program draws in its place.
	function path(element) {
		const found = [...element.attributes].find(({ name }) => name === "id" || name.startsWith("data-"));
		return found ? `[${found.name}="${CSS.escape(found.value)}"]` : ":not(*)";
	}

	function press(button) {
		const at = path(button);
		button.dataset.pressed = "";
		pressed.push(() => document.querySelector(at)?.click());
	}

	const on = (name, f) => addEventListener(name, f, { capture: true, signal: listening.signal });

	on("click", ({ target }) => {
		const button = target.closest("#app button");
		if (button?.dataset.try) field().value = button.dataset.try;
		else if (button) press(button);
	});

	on("keydown", (event) => {
		const { key, target } = event;
		if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
		if (target === field()) {
			if (key !== "Enter" || event.shiftKey) return;
			event.preventDefault();
			press(document.getElementById("step"));
		} else if (key.length === 1 && key !== " ") { // a key of the page
			pressed.push(() => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })));
		}
	});

	on("keypress", (event) => {
		if (event.target === field() && event.key === "Enter" && !event.shiftKey) event.preventDefault();
	});

	on("compositionstart", () => { composing = new Promise((resolve) => { composed = resolve; }); });
	on("compositionend", () => { composing = null; composed(); });

	// arrived counts the bytes of the data in this file, of which there are data-bytes.
	function arrived() {
		let bytes = 0;
		for (const { childNodes } of document.querySelectorAll("script[id^=data-]")) {
			for (const text of childNodes) bytes += text.length;
		}
		return bytes;
	}

	// progress shows how much is here, until the browser has read the whole file: what comes then has no length.
	function progress() {
		const all = Number(document.body.dataset.bytes), bar = document.querySelector("#app .loading"), here = Math.min(all, arrived());
		if (!all || document.readyState !== "loading" || listening.signal.aborted) {
			bar?.removeAttribute("aria-valuenow");
			return;
		}
		const mega = (bytes) => (bytes / 1e6).toLocaleString(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
		bar.style.setProperty("--here", here / all);
		bar.setAttribute("aria-valuenow", Math.round(100 * here / all));
		if (document.getElementById("script-words")?.nextSibling) document.getElementById("guide").textContent = say("arrived", { here: mega(here), all: mega(all) });
		setTimeout(progress, 100);
	}
	setTimeout(progress, 300);

	return {
		say,

		// settled waits for the end of a composition of characters, whose field must not go.
		async settled() { while (composing) await composing; },

		take() {
			listening.abort();
			const { value, selectionStart, selectionEnd, selectionDirection } = field();
			const active = document.activeElement;
			if (active?.closest("#app")) {
				const at = path(active);
				focus = () => {
					const element = document.querySelector(at);
					element?.focus({ preventScroll: true });
					if (value && element === field()) element.setSelectionRange(selectionStart, selectionEnd, selectionDirection);
				};
			}
			return value;
		},

		replay() {
			focus();
			for (const press of pressed.splice(0)) press();
		},
	};
})();
