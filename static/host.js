// Applies the host's options from the query, and the theme from the link, before the first
// picture. The program reads both again, checks them, and reports what it could not use.
"use strict";
{
	const query = new URLSearchParams(location.search);
	const root = document.documentElement;
	for (const name of ["ui", "hide", "motion"]) {
		const value = query.get(name);
		if (value && /^[a-z,]{1,200}$/.test(value)) root.setAttribute("data-" + name, value.replaceAll(",", " "));
	}
	const theme = new URLSearchParams(location.hash.slice(1)).get("theme") || query.get("theme");
	if (["light", "dark", "projector"].includes(theme)) root.setAttribute("data-theme", theme);
}
