import {variableOf} from './collect-environment.ts';
import {settingTable, type SettingDefinition, type SettingKind} from './setting-table.ts';

/** The text of docs/config.md. */
export const renderConfigDocs = (): string =>
	[
		intro,
		'## Settings\n',
		'| key | takes | default | variable | project file | what it does |',
		'|---|---|---|---|---|---|',
		...settingTable.map(definition => rowOf(definition)),
		outro,
	].join('\n');

const rowOf = ({key, kind, default: value, description, isForProjects}: SettingDefinition): string =>
	`| \`${key}\` | ${typeOf(kind)} | ${value === undefined ? 'none' : `\`${JSON.stringify(value)}\``} | \`${variableOf(key)}\` | ${isForProjects ? 'yes' : 'no'} | ${description} |`;

function typeOf(kind: SettingKind): string {
	switch (kind.type) {
		case 'string': {
			return kind.expected ?? 'text';
		}

		case 'number': {
			return `number, ${kind.minimum} to ${kind.maximum}`;
		}

		case 'boolean': {
			return '`true`, `false`';
		}

		case 'choice': {
			return kind.values.map(value => `\`${JSON.stringify(value)}\``).join(', ');
		}

		case 'strings': {
			return 'list of texts';
		}
	}
}

const intro = `# Configuration

<!-- Generated from source/platform/settings/setting-table.ts; change it there. -->

cws works without any configuration. What you want otherwise stands in TOML files, variables and flags; the later in this list wins:

1. the defaults below
2. your own file: \`config.toml\` in the config directory (\`cws config path\` prints it; \`--config PATH\` takes another)
3. project files: \`.cws.toml\` in the working directory and above it, up to the root of the repository; the nearest wins
4. variables, named in the table
5. flags; \`--plugin-config ID.FIELD=VALUE\` is one option of a plugin

\`cws config list\` prints each value and where it comes from, \`cws config validate\` what is wrong, with file and line. A mistake costs only its own key: the next
source decides then. \`cws config set KEY VALUE\`, \`cws theme use\` and \`cws plugin enable\` and \`disable\` change one value in your file; comments and order stay.

A project file comes with a folder, perhaps somebody else's. It may set only the keys marked in the table; anything else in it is reported and ignored
until you trust its folder with \`cws plugin trust\`; then it may set everything.

Keys are camelCase; \`hours_per_month\` and \`hours-per-month\` mean the same key. In variables \`__\` stands for the dot.

\`\`\`toml
theme = "paper"
undoSeconds = 20

[defaults]
provider = "local"

[cost]
hoursPerMonth = 730

[keys]
"resources.wide" = ["w"]

[plugins]
disabled = []

[plugins.local]
ratePerHour = 0.12
\`\`\`
`;

const outro = `
## Keys

\`[keys]\` binds commands to keys: \`"command.name" = ["ctrl+r", "r"]\`; an empty list unbinds. docs/keys.md lists the commands. Not in project files.

## Options of plugins

\`[plugins.ID]\` holds the options of a plugin, which its own page describes. They are checked by the plugin's own schema before its code sees them; an error names
the field. \`cws config list\` has every field with its value and where it comes from, defaults too. \`cws config set plugins.ID.FIELD VALUE\` refuses what the schema does
not take, keeps the comments of the file, and restarts that plugin alone. \`enabled = false\` there is the same as its id in \`plugins.disabled\`; \`isolation = "process"\`
is \`plugins.isolation\` for one plugin. The variable is \`CWS_PLUGINS__ID__FIELD\` or \`PLUGINS__ID__FIELD\`, in capitals with \`_\` between words: \`CWS_PLUGINS__LOCAL__RATE_PER_HOUR=0.12\` sets
\`ratePerHour\` (or \`rate_per_hour\`, whatever the schema calls it). The text of a variable or flag is read as the type of its field: a list as \`a,b\`, a table as \`a=1,b=2\`,
both also as JSON. Not in project files of folders you do not trust. Secrets do not belong here: \`cws secrets set PLUGIN NAME\`, see [secrets](secrets.md).

## Policy of the machine

An administrator may write \`/etc/cws/policy.toml\`. It holds above everything a person sets or grants. It counts only when it and the folders above it belong to root and
nobody else may write them; otherwise \`cws doctor\` says what is wrong. A wrong value is read in its strictest meaning.

| key | takes | what it does |
|---|---|---|
| \`allow\` | list of ids | plugins from outside that may run; without it any |
| \`deny\` | list of ids | plugins that may not run, bundled ones too |
| \`isolation\` | \`"process"\` | plugins from outside run in processes of their own |
| \`minimumVersions\` | table of versions by id | older versions do not run |
| \`requireSigned\` | \`true\`, \`false\` | plugins from outside that are not signed do not run |
| \`forbidPermissions\` | list of \`http fs env exec secrets events store ui\` | a plugin from outside that asks for one does not run |

\`CWS_POLICY=FILE\` names another file where the machine has no policy of its own; the same rules hold for it.

## Directories

| what | where | with \`CWS_HOME=DIR\` |
|---|---|---|
| settings | \`$XDG_CONFIG_HOME/cws\`, else \`~/.config/cws\` | \`DIR/config\` |
| database, secrets, workstations | \`$XDG_DATA_HOME/cws\`, else \`~/.local/share/cws\` | \`DIR/data\` |
| log, what the dashboard remembers | \`$XDG_STATE_HOME/cws\`, else \`~/.local/state/cws\` | \`DIR/state\` |
| caches | \`$XDG_CACHE_HOME/cws\`, else \`~/.cache/cws\` | \`DIR/cache\` |

Where a directory cannot be written cws goes on in memory and says so.
`;
