// Applies the host's options from the query, the theme from the link and the reader's language, before the first
// picture. The program reads them again, checks them, and reports what it could not use.
"use strict";
{
	const query = new URLSearchParams(location.search);
	const root = document.documentElement;
	root.dataset.scripts = ""; // they run: recovery.css
	for (const name of ["ui", "hide", "motion"]) {
		const value = query.get(name);
		if (value && /^[a-z,]{1,200}$/.test(value)) root.setAttribute("data-" + name, value.replaceAll(",", " "));
	}
	const link = new URLSearchParams(location.hash.slice(1));
	const theme = link.get("theme") || query.get("theme");
	if (["light", "dark", "projector"].includes(theme)) root.setAttribute("data-theme", theme);

	// The languages that this file carries, each with its direction: "en:ltr ar:rtl".
	const carried = new Map((root.dataset.languages || "en:ltr").split(" ").map((l) => l.split(":")));

	globalThis.glassboxLanguage = {
		carried: [...carried.keys()],

		// choose returns the language that is asked for, else the first one that the browser's reader prefers and this
		// file carries, else English. A wish for "de-AT" is met by "de", and one for "pt" by "pt-BR".
		choose(asked) {
			for (const wish of [asked, ...(navigator.languages || []), "en"]) {
				for (let tag = /^[\w-]{2,35}$/.test(wish || "") ? wish.toLowerCase() : ""; tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf("-")))) {
					const found = this.carried.find((l) => l.toLowerCase() === tag) ||
						this.carried.find((l) => l.toLowerCase().startsWith(tag + "-"));
					if (found) return found;
				}
			}
		},

		// set lays the page out for a language.
		set(tag) {
			root.lang = tag;
			root.dir = carried.get(tag);
		},
	};
	const tag = glassboxLanguage.choose(link.getAll("language").pop());
	glassboxLanguage.set(tag);
	root.toggleAttribute("data-foreign", tag !== "en"); // what stands there until the program draws is English
	addEventListener("hashchange", () => { // behind a poster; later the program does it
		if (globalThis.glassboxBoot && !globalThis.glassbox) {
			glassboxLanguage.set(glassboxLanguage.choose(new URLSearchParams(location.hash.slice(1)).getAll("language").pop()));
			glassboxBoot.translate();
		}
	});
}
