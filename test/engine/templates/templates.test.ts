import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Contributions} from '../../../source/core/manifest/contributions.ts';
import {failure} from '../../../source/core/failure/failure.ts';
import {failed, ok} from '../../../source/core/failure/outcome.ts';
import {amount} from '../../../source/core/money/money.ts';
import {type TemplateSource} from '../../../source/core/template.ts';
import {fakePlugin} from '../../helpers/fake-host.ts';
import {createWorld, vmType} from '../world.ts';

/** As the plugin of the seed has it. */
const slurmTypes: Contributions = {
	resourceTypes: [
		{
			type: 'job',
			operations: ['deploy', 'list'],
			form: {
				type: 'object',
				properties: {
					script: {type: 'string'},
					partition: {type: 'string'},
					nodes: {type: 'integer'},
					tasksPerNode: {type: 'integer'},
					time: {type: 'string'},
					memory: {type: 'string'},
				},
			},
		},
	],
	serviceTypes: [{type: 'slurm_job', resourceType: 'job', templateType: 'slurm_template'}],
	templateTypes: [
		{
			type: 'slurm_template',
			section: 'slurm_config',
			schema: {
				type: 'object',
				additionalProperties: false,
				required: ['partition'],
				properties: {
					partition: {type: 'string'},
					nodes: {type: 'integer', minimum: 1},
					tasks_per_node: {type: 'integer', minimum: 1},
					time: {type: 'string', pattern: '^\\d+:\\d\\d:\\d\\d$', 'x-expected': 'a time, for example 02:00:00'},
					memory: {type: 'string'},
				},
			},
			keys: {job_script: {type: 'string', 'x-field': 'script'}},
		},
	],
};

const slurm = (patch = {}) => {
	const record = fakePlugin('slurm', [], patch);
	return {...record, manifest: {...record.manifest, contributes: slurmTypes}};
};

/** The lines of the seed, word for word. */
const seed = `# Template: slurm-python-job.yml
name: "SLURM Python Job"
service_type: "slurm_job"  # Custom service type from plugin
connection_type: "api"

slurm_config:
  partition: "compute"
  nodes: 1
  tasks_per_node: 8
  time: "02:00:00"
  memory: "32GB"
  
job_script: |
  #!/bin/bash
  #SBATCH --job-name=python-research
  #SBATCH --output=output_%j.txt
  #SBATCH --error=error_%j.txt
  
  module load python/3.9
  python research_script.py
`;

const source = (name: string, text: string, more: Partial<TemplateSource> = {}): TemplateSource => ({
	name,
	place: 'user',
	file: `/templates/${name}.yml`,
	text,
	...more,
});

const worldOf = (...templates: readonly TemplateSource[]) => createWorld({plugins: [fakePlugin('lab', [vmType]), slurm()], templates});

const rowsOf = async (...templates: readonly TemplateSource[]) => worldOf(...templates).engine.templates();

/** `file:line:column message` of everything wrong with the first. */
const problemsOf = async (...templates: readonly TemplateSource[]) => {
	const [row] = await rowsOf(...templates);
	return row!.problems.map(
		({file, line, column, message, fix}) => `${file.split('/').at(-1)}:${line}:${column} ${message}${fix ? ` ${fix}` : ''}`,
	);
};

const launch = async (name: string, parameters: Readonly<Record<string, string>>, ...templates: readonly TemplateSource[]) => {
	const done = await worldOf(...templates).engine.launchInput(name, parameters);
	return done.ok ? done.value : `${done.error.code} ${done.error.message}`;
};

test('the template of the seed is valid when a plugin contributes its type, and becomes a deploy', async () => {
	assert.deepEqual(await problemsOf(source('slurm-python-job', seed)), []);
	assert.deepEqual(await launch('slurm-python-job', {}, source('slurm-python-job', seed)), {
		template: 'slurm-python-job',
		type: 'job',
		provider: 'slurm',
		fields: {
			partition: 'compute',
			nodes: 1,
			tasksPerNode: 8,
			time: '02:00:00',
			memory: '32GB',
			script: `#!/bin/bash\n#SBATCH --job-name=python-research\n#SBATCH --output=output_%j.txt\n#SBATCH --error=error_%j.txt\n\nmodule load python/3.9\npython research_script.py\n`,
		},
		tags: {},
	});
});

test('without the plugin, its section and service type are problems with their lines', async () => {
	const world = createWorld({plugins: [fakePlugin('lab', [vmType]), slurm({state: 'disabled'})], templates: [source('job', seed)]});
	const [row] = await world.engine.templates();
	assert.deepEqual(
		row!.problems.map(({line, column, message}) => `${line}:${column} ${message}`),
		['6:1 `slurm_config` is not a known field.', '13:1 `job_script` is not a known field.'],
	);
	assert.equal(row!.isLaunchable, false);
	const refused = await world.engine.launchInput('job', {});
	assert.equal(refused.ok ? '' : refused.error.code, 'CWS_TEMPLATE');
	assert.equal(refused.ok ? '' : refused.error.cause, '`/templates/job.yml:6:1` and 1 more');
});

test('everything wrong with a file is said with its line and column', async () => {
	assert.deepEqual(
		await problemsOf(source('bad', 'name: Bad\nservce_type: slurm_job\nslurm_config:\n  nodes: many\n  nodse: 2\ncost: {hourly: -1}\n')),
		[
			'bad.yml:2:1 `servce_type` is not a known field. Did you mean `service_type`?',
			'bad.yml:6:8 `cost.hourly` must be at least 0.',
			'bad.yml:5:3 `slurm_config.nodse` is not a known field. Did you mean `nodes`?',
			'bad.yml:4:3 `slurm_config.nodes` must be integer.',
		],
	);
	const [broken] = await problemsOf(source('broken', 'name: "open\ntype: vm\n'));
	assert.match(broken!, /^broken\.yml:\d+:\d+ is not YAML: /);
	assert.match((await problemsOf(source('list', '- a\n')))[0]!, /is no map of keys and values/);
	const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`;
	assert.match((await problemsOf(source('bomb', bomb)))[0]!, /is not YAML: Excessive alias count/);
});

test('a section that its service type needs, an unknown type and nothing to launch are said', async () => {
	assert.deepEqual(await problemsOf(source('a', 'name: A\nservice_type: slurm_job\n')), [
		'a.yml:2:1 A template of the service type `slurm_job` needs the section `slurm_config`.',
	]);
	assert.deepEqual(await problemsOf(source('b', 'name: B\nservice_type: slurm_jop\n')), [
		'b.yml:2:1 No plugin has the service type `slurm_jop`. Did you mean `slurm_job`?',
	]);
	assert.deepEqual(await problemsOf(source('c', 'name: C\ntype: wm\n')), ['c.yml:2:1 No plugin has the type `wm`. Did you mean `vm`?']);
	assert.match((await problemsOf(source('d', 'name: D\n')))[0]!, /^d\.yml:1:1 says neither a `type` nor a `service_type`/);
	assert.deepEqual(await problemsOf(source('e', 'name: E\nslurm_config: {nodes: 2}\n')), [
		'e.yml:2:1 `slurm_config.partition` is required.',
	]);
});

test('a template has all it inherits: maps merged, lists joined, the later one first heard, steps one after the other', async () => {
	const rows = await rowsOf(
		source(
			'child',
			'name: Child\ninherits: [base, gpu]\ntags: {team: lab}\nfields: {port: 9000, packages: [git, vim], post_install: "make\\n"}\n',
		),
		source(
			'base',
			'name: Base\nabstract: true\ntype: vm\nsize: small\ntags: {team: all, kind: web}\nfields: {port: 80, command: serve, packages: [git]}\n',
		),
		source('gpu', 'name: Gpu\ninherits: base\nsize: large\nfields: {packages: [cuda], post_install: apt\n  }\n'),
	);
	const [child, base] = rows;
	assert.deepEqual(child!.problems, []);
	assert.deepEqual(child!.resolved, {
		name: 'Child',
		inherits: ['base', 'gpu'],
		type: 'vm',
		size: 'large',
		tags: {team: 'lab', kind: 'web'},
		fields: {port: 9000, command: 'serve', packages: ['git', 'cuda', 'vim'], post_install: 'apt\nmake\n'},
	});
	assert.deepEqual([child!.isLaunchable, base!.isLaunchable], [true, false]);
});

test('a circle and a parent that is not there are problems of the line that names them', async () => {
	const a = source('a', 'name: A\ntype: vm\ninherits: b\n');
	const b = source('b', 'name: B\ninherits:\n  - a\n');
	assert.ok((await problemsOf(a, b)).includes('b.yml:3:5 inherits in a circle: a → b → a. Take one of them out of `inherits`.'));
	assert.ok((await problemsOf(source('s', 'name: S\ntype: vm\ninherits: s\n'))).some(text => text.includes('circle: s → s')));
	assert.deepEqual(await problemsOf(source('c', 'name: C\ntype: vm\ninherits: bass\n'), source('base', 'name: B\ntype: vm\n')), [
		'c.yml:3:1 inherits `bass`, which is not there. Did you mean `base`?',
	]);
});

const withParameters = source(
	'job',
	`name: Job
service_type: slurm_job
parameters:
  nodes: {type: int, default: 2, min: 1, max: 8}
  queue: {type: choice, choices: [compute, gpu], required: true, description: where it waits}
  user: {type: string, pattern: "[a-z]+", max: 8}
  verbose: {type: bool, default: false}
tags: {owner: "{{user}}", kind: "job of {{ user }}"}
slurm_config: {partition: "{{queue}}", nodes: "{{ nodes }}"}
job_script: "run {{nodes}} {{undeclared}}"
`,
);

test('parameters are read by their types and limits, and keep their types where they stand alone', async () => {
	assert.deepEqual(await problemsOf(withParameters), []);
	const done = await launch('job', {queue: 'gpu', user: 'ada', nodes: '4'}, withParameters);
	assert.deepEqual(typeof done === 'string' ? done : done.fields, {partition: 'gpu', nodes: 4, script: 'run 4 {{undeclared}}'});
	assert.deepEqual(typeof done === 'string' ? done : done.tags, {owner: 'ada', kind: 'job of ada'});
	for (const [parameters, message] of [
		[{}, 'CWS_INVALID_INPUT The parameter `queue` is needed.'],
		[{queue: 'x'}, 'CWS_INVALID_INPUT The parameter `queue` must be one of compute, gpu, not `x`.'],
		[{queue: 'gpu', nodes: '9'}, 'CWS_INVALID_INPUT The parameter `nodes` must be 1 to 8, not `9`.'],
		[{queue: 'gpu', nodes: '1.5'}, 'CWS_INVALID_INPUT The parameter `nodes` must be a whole number, not `1.5`.'],
		[{queue: 'gpu', user: 'Ada'}, 'CWS_INVALID_INPUT The parameter `user` must be a text that fits `[a-z]+`, not `Ada`.'],
		[{queue: 'gpu', user: 'abcdefghi'}, 'CWS_INVALID_INPUT The parameter `user` must be a text of at most 8 characters, not `abcdefghi`.'],
		[{queue: 'gpu', verbose: 'perhaps'}, 'CWS_INVALID_INPUT The parameter `verbose` must be true or false, not `perhaps`.'],
		[{queue: 'gpu', node: '1'}, 'CWS_INVALID_INPUT The parameter `node` is no parameter of the template.'],
	] as const) {
		assert.equal(await launch('job', parameters as Record<string, string>, withParameters), message);
	}
});

test('parameters nobody could fill are problems of the template', async () => {
	assert.deepEqual(
		await problemsOf(
			source(
				'p',
				'name: P\ntype: vm\nparameters:\n  a: {type: choice}\n  b: {type: int, min: 3, max: 1}\n  c: {type: string, pattern: "("}\n  d: {type: int, max: 2, default: 5}\n',
			),
		),
		[
			'p.yml:4:3 The parameter `a` is a choice and has no `choices`.',
			'p.yml:5:3 The parameter `b` has a `min` above its `max`.',
			'p.yml:6:3 The parameter `c` has a `pattern` that is no regular expression.',
			'p.yml:7:3 The parameter `d` has a default that does not fit: The parameter `d` must be at most 2, not `5`.',
		],
	);
});

test('of two templates of a name the first counts, and the other says what hides it', async () => {
	const own = source('web', 'name: Own\ntype: vm\ncost: {hourly: 0.5, currency: EUR}\n');
	const plugins = source('web', 'name: Theirs\ntype: vm\n', {place: 'plugin', plugin: 'lab', file: '/plugins/lab/web.yml'});
	const rows = await rowsOf(own, plugins);
	assert.deepEqual(
		rows.map(({title, hiddenBy, isLaunchable}) => [title, hiddenBy, isLaunchable]),
		[
			['Own', undefined, true],
			['Theirs', '/templates/web.yml', false],
		],
	);
	const done = await launch('web', {}, own, plugins);
	assert.deepEqual(typeof done === 'string' ? done : done.cost, {hourly: 0.5, currency: 'EUR'});
	assert.equal(await launch('wep', {}, own), 'CWS_NOT_FOUND There is no template `wep`.');
});

test('templates whose text stands in a manifest go with their plugin', async () => {
	const withText = (patch = {}) => {
		const record = fakePlugin('lab', [vmType], patch);
		return {
			...record,
			manifest: {
				...record.manifest,
				contributes: {...record.manifest.contributes, templates: [{name: 'web', text: 'name: Web\ntype: vm\n'}]},
			},
		};
	};

	const names = async (patch = {}) => (await createWorld({plugins: [withText(patch)]}).engine.templates()).map(({name}) => name);
	assert.deepEqual(await names(), ['web']);
	assert.deepEqual(await names({state: 'stopped'}), []);
	assert.deepEqual(await names({state: 'disabled'}), []);
});

test('templates that the code of a plugin makes are as good as written ones, and one that is not made says why', async () => {
	const record = fakePlugin('lab', [vmType]);
	const names = ['web', 'broken', 'nonsense'];
	const maker = {
		...record,
		manifest: {...record.manifest, contributes: {...record.manifest.contributes, templates: names.map(name => ({name, handler: name}))}},
	};
	const world = createWorld({plugins: [maker]});
	world.host.answer('templates.web', () => ok('name: Web\ntype: vm\nparameters: {port: {type: int, default: 80}}\n'));
	world.host.answer('templates.broken', () => failed(failure('CWS_PLUGIN_TIMEOUT', {message: 'It did not answer.'})));
	world.host.answer('templates.nonsense', () => ok({name: 'Web'}));
	const rows = await world.engine.templates();
	assert.deepEqual(
		rows.map(({name, title, plugin, isLaunchable, problems}) => [name, title, plugin, isLaunchable, problems[0]?.message]),
		[
			['web', 'Web', 'lab', true, undefined],
			['broken', 'broken', 'lab', false, 'was not made by `lab`: It did not answer.'],
			['nonsense', 'nonsense', 'lab', false, 'is no text.'],
		],
	);
	const launch = await world.engine.launchInput('web', {port: '81'});
	assert.ok(launch.ok);
	await world.engine.run('disablePlugin', {plugin: 'lab'}, {origin: 'cli'});
	assert.deepEqual(await world.engine.templates(), []);
});

test('a deploy through a template is planned and run as what the template says, under what the person says', async () => {
	const world = worldOf(
		source(
			'web',
			'name: Web\ntype: vm\nprovider: lab\nsize: small\nparameters: {port: {type: int, required: true}}\nfields: {command: serve, port: "{{port}}"}\ncost: {hourly: 0.5}\n',
		),
	);
	world.host.answer('provider.plan', () => ok({lines: []}));
	world.host.answer('provider.deploy', () => ok({status: 'created', id: 'i-web'}));
	await world.engine.load();
	world.engine.start();
	await world.clock.advance(200);
	const input = {
		provider: 'lab',
		type: 'vm',
		name: 'web-1',
		template: 'web',
		parameters: {port: '8080'},
		fields: {command: 'mine'},
		size: 'large',
	};
	const plan = await world.engine.plan('deploy', input, {origin: 'cli'});
	assert.ok(plan.ok, plan.ok ? '' : plan.error.message);
	assert.equal(plan.value.cli, 'cws deploy vm web-1 --provider lab --size large --set command=mine --set port=8080');
	assert.deepEqual([plan.value.estimate?.hourly, plan.value.estimate?.confidence], [amount(0.5), 'estimated']);
	const started = await world.engine.run('deploy', input, {origin: 'cli'});
	assert.ok(started.ok && started.value.cli === plan.value.cli);
	const refused = await world.engine.plan('deploy', {...input, parameters: {}}, {origin: 'cli'});
	assert.equal(refused.ok ? '' : refused.error.message, 'The parameter `port` is needed.');
	const other = await world.engine.plan('deploy', {...input, provider: 'slurm', type: 'job'}, {origin: 'cli'});
	assert.equal(other.ok ? '' : other.error.message, 'The template `web` makes a vm, not a job.');
	await world.engine.stop();
});
