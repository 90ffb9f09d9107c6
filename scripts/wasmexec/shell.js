// What Go finds in Node.js, for a page: its files are asked for over http, to be read only; what the
// program writes into the folder for temporary files stays in the page. main.go gives `start` and
// calls launch(), behind the toolchain's own script.
"use strict";

// Printed is what waits to be sent, in order.
let printed = Promise.resolve();
const print = (fd, bytes) => {
	const body = bytes.slice();
	printed = printed.then(() => fetch("/write?fd=" + fd, { method: "POST", body }));
	return bytes.length;
};

const problem = (code) => Object.assign(new Error(code), { code });
const refuse = (...args) => args.at(-1)(problem("EROFS"));

// Opened are files by descriptor, whole, with the place of each where reading and writing go on; made
// are those by path that the program has written.
const opened = new Map(), made = new Map();
let last = 2;

async function load(path) {
	if (made.has(path)) return made.get(path);
	const answer = await fetch("/file?path=" + encodeURIComponent(path));
	if (!answer.ok) throw problem((await answer.text()).trim());
	return { bytes: new Uint8Array(await answer.arrayBuffer()), folder: answer.headers.has("X-Folder") };
}

const writing = 1 | 2 | 64 | 512; // as in the constants below

async function open(path, flags) {
	if (flags & writing) {
		if (!path.startsWith(start.env.TMPDIR)) throw problem("EROFS");
		if (flags & 128 && made.has(path)) throw problem("EEXIST");
		if (flags & 512 || !made.has(path)) made.set(path, { bytes: new Uint8Array(), folder: false });
	}
	opened.set(++last, { file: await load(path), at: 0 });
	return last;
}

const status = ({ bytes, folder }) => ({
	dev: 0, ino: 0, nlink: 1, uid: 0, gid: 0, rdev: 0, blksize: 4096, blocks: 0, size: bytes.length, atimeMs: 0, mtimeMs: 0, ctimeMs: 0,
	mode: folder ? 0o40555 : 0o100444, isDirectory: () => folder,
});

// told calls back as Node.js does, with what a promise holds.
const told = (promise, callback) => promise.then((value) => callback(null, value), callback);

const held = (fd) => opened.has(fd) ? Promise.resolve(opened.get(fd)) : Promise.reject(problem("EBADF"));

function read(handle, into, offset, length, position) {
	const from = position ?? handle.at, part = handle.file.bytes.subarray(from, from + length);
	into.set(part, offset);
	if (position === null) handle.at += part.length;
	return part.length;
}

function write(handle, part, position) {
	const { file } = handle, from = position ?? handle.at, whole = new Uint8Array(Math.max(file.bytes.length, from + part.length));
	whole.set(file.bytes);
	whole.set(part, from);
	file.bytes = whole;
	if (position === null) handle.at += part.length;
	return part.length;
}

globalThis.fs = {
	constants: { O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_TRUNC: 512, O_APPEND: 1024, O_EXCL: 128, O_DIRECTORY: 65536 },
	writeSync: print,
	write(fd, bytes, offset, length, position, callback) {
		const part = bytes.subarray(offset, offset + length);
		if (fd <= 2) return callback(null, print(fd, part));
		told(held(fd).then((handle) => write(handle, part, position)), callback);
	},
	open(path, flags, mode, callback) { told(open(path, flags), callback); },
	close(fd, callback) { callback(opened.delete(fd) ? null : problem("EBADF")); },
	read(fd, into, offset, length, position, callback) { told(held(fd).then((handle) => read(handle, into, offset, length, position)), callback); },
	fstat(fd, callback) { told(held(fd).then((handle) => status(handle.file)), callback); },
	unlink(path, callback) { callback(made.delete(path) ? null : problem("EROFS")); },
	stat(path, callback) { told(load(path).then(status), callback); },
	lstat(path, callback) { told(load(path).then(status), callback); },
	readdir(path, callback) { told(load(path).then((file) => JSON.parse(new TextDecoder().decode(file.bytes))), callback); },
	fsync(fd, callback) { callback(null); },
	readlink(path, callback) { callback(problem("EINVAL")); },
};
for (const verb of ["chmod", "chown", "fchmod", "fchown", "ftruncate", "lchown", "link", "mkdir", "rename", "rmdir", "symlink", "truncate", "utimes"]) fs[verb] = refuse;

globalThis.path = { resolve: (...parts) => parts.reduce((all, part) => part.startsWith("/") ? part : all + "/" + part, start.folder) };
globalThis.process = {
	pid: 1, ppid: 1, getuid: () => 0, getgid: () => 0, geteuid: () => 0, getegid: () => 0, getgroups: () => [], umask: () => 0, cwd: () => start.folder,
	chdir() { throw problem("ENOSYS"); },
};

const end = (status) => printed.then(() => fetch("/exit?status=" + status, { method: "POST" }));

async function launch() {
	const go = new Go();
	go.argv = start.args;
	go.env = start.env;
	go.exit = end;
	try {
		const [program, kernels] = await Promise.all(["/program", "/kernel"].map(async (path) => (await fetch(path)).arrayBuffer()));
		const module = await WebAssembly.compile(program), kernel = glassboxKernel(module);
		go.importObject.kernel = kernel.imports;
		const instance = await WebAssembly.instantiate(module, go.importObject);
		await kernel.attach(kernels, instance.exports.mem);
		await go.run(instance);
	} catch (error) {
		print(2, new TextEncoder().encode(error.stack + "\n"));
		end(1);
	}
}
