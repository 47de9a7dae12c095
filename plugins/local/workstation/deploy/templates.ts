import {type Choice} from 'cws/sdk';
import {findProgram} from './find-program.ts';

/** A ready-made workstation. */
export type Template = {
	readonly name: string;
	readonly title: string;
	readonly description: string;
	/** What has to be installed. */
	readonly tool?: string;
	/** A line for `sh -c`. */
	readonly command: string;
	/** Where to look for a free port when none is given; without it the template needs none. */
	readonly firstPort?: number;
};

// Serves the current directory; `path.join` with a leading slash keeps requests inside it.
const nodeServer = `const {createReadStream, statSync, readdirSync} = require("fs");
const {join} = require("path");
require("http").createServer((request, response) => {
	try {
		let file = join(process.cwd(), join("/", decodeURIComponent(request.url.split("?")[0])));
		if (statSync(file).isDirectory()) {
			if (!readdirSync(file).includes("index.html")) {
				response.end(readdirSync(file).join("\\n") + "\\n");
				return;
			}
			file = join(file, "index.html");
		}
		createReadStream(file).on("error", () => response.destroy()).pipe(response);
	} catch {
		response.writeHead(404).end("not found\\n");
	}
	console.log(new Date().toISOString(), request.method, request.url, response.statusCode);
}).listen(Number(process.env.PORT), "127.0.0.1", () => console.log("listening on port " + process.env.PORT));`;

export const templates: readonly Template[] = [
	{
		name: 'shell',
		title: 'Shell',
		description: 'does nothing by itself; connect to it and work in its directory',
		command: 'exec tail -f /dev/null',
	},
	{
		name: 'python-http',
		title: 'Python HTTP',
		description: 'serves the files of its directory with Python, to this machine only',
		tool: 'python3',
		command: 'exec python3 -u -m http.server "$PORT" --bind 127.0.0.1',
		firstPort: 8000,
	},
	{
		name: 'node-http',
		title: 'Node HTTP',
		description: 'serves the files of its directory with Node, to this machine only',
		tool: 'node',
		// Without its compiler Node runs under a small memory limit too.
		command: `exec node --jitless -e '${nodeServer}'`,
		firstPort: 8000,
	},
];

/** What runs, in one line: the person's own command, or what the template does. */
export function describeCommand({template: name, command}: {readonly template: string; readonly command: string}): string {
	const template = templates.find(template => template.name === name);
	return template?.command === command ? `${template.name}: ${template.description}` : command;
}

/** The templates as options of the form, those that cannot run here with the reason. */
export const templateChoices = (path: string | undefined): readonly Choice[] =>
	templates.map(({name, title, description, tool}) => ({
		value: name,
		title,
		description,
		...(tool !== undefined && findProgram(tool, path) === undefined && {unavailable: `${tool} is not installed`}),
	}));
