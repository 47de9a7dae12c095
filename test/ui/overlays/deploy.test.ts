import assert from 'node:assert/strict';
import {test} from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {type PluginRecord} from '../../../source/core/plugin.ts';
import {type DeployOverlay} from '../../../source/ui/overlays/deploy/deploy-state.ts';
import {deployOffers} from '../../../source/ui/overlays/deploy/offers.ts';
import {openDeploy} from '../../../source/ui/overlays/deploy/open-deploy.ts';
import {type LayerEvent} from '../../../source/ui/overlays/overlay.ts';
import {drive, type Driven, refusal, reply, runs} from './drive.ts';
import {engineState, key, plugins, typed, viewContext} from './layer-fixture.ts';

const context = viewContext();
const local = () => openDeploy(context, {provider: 'local', type: 'vm'});
const deployOf = ({state}: Driven) => state as DeployOverlay;
const tabs = (count: number): readonly LayerEvent[] => Array.from({length: count}, () => key('tab'));
// Name, template, command, port, then past the rest to the button.
const filled: readonly LayerEvent[] = [...typed('web-2'), ...tabs(3), ...typed('8080')];
const toPlan: readonly LayerEvent[] = [...filled, ...tabs(5), key('enter')];
const plan = {cli: 'cws deploy vm web-2 --provider local', lines: [], hoursPerMonth: 720};

/** The same plugins with that of Slurm in another state. */
const withSlurm = (changes: Partial<PluginRecord>) =>
	engineState({plugins: engineState().plugins.map(record => (record.id === 'slurm' ? {...record, ...changes} : record))});

const broken = {state: 'quarantined' as const, error: failure('CWS_PLUGIN_QUARANTINED', {message: 'It failed five times.'})};

test('usable pairs come first, broken ones say why, and what is off is not there', () => {
	const offers = deployOffers(withSlurm(broken), '');
	assert.deepEqual(
		offers.map(({contribution, unavailable}) => [contribution.key, unavailable]),
		[
			['local/vm', undefined],
			['aws/vm', undefined],
			['aws/database', undefined],
			['slurm/job', 'It failed five times.'],
		],
	);
	assert.ok(deployOffers(engineState({isReadOnly: true}), '').every(({unavailable}) => unavailable === 'cws is read-only'));
	for (const state of ['disabled', 'stopped', 'stopping', 'blocked'] as const) {
		assert.equal(deployOffers(withSlurm({state}), 'slurm').length, 0, state);
	}
});

test('typing narrows where, Enter goes on to the fields and asks the plugin for its choices', () => {
	const driven = drive(openDeploy(context), [...typed('awsd'), key('enter')]);
	assert.equal(deployOf(driven).target?.key, 'aws/database');
	assert.deepEqual(driven.effects.slice(1), [
		{type: 'choices', provider: 'aws', resourceType: 'database', reply: 'deploy:choices:aws/database'},
	]);
});

test('a pair that is broken cannot be picked', () => {
	const among = viewContext(withSlurm(broken));
	assert.equal(deployOf(drive(openDeploy(among), [...typed('slurm'), key('enter')], among)).step, 'where');
});

test('a preset goes straight to the fields, with its values in them', () => {
	const {state} = openDeploy(context, {type: 'vm', provider: 'local', name: 'web-2', fields: {port: '8080'}});
	assert.equal(state.step, 'fields');
	assert.deepEqual(state.form.values['@name'], {kind: 'text', field: {value: 'web-2', cursor: 5}});
	assert.deepEqual(state.form.values['port'], {kind: 'text', field: {value: '8080', cursor: 4}});
	assert.equal(openDeploy(context, {type: 'database'}).state.target?.key, 'aws/database');
	assert.equal(openDeploy(context, {type: 'vm'}).state.step, 'where');
	assert.equal(openDeploy(context, {type: 'job', provider: 'slurm'}).state.step, 'where');
});

test('the suggested name is free', () => {
	const {state} = openDeploy(context, {type: 'vm', provider: 'local'});
	assert.deepEqual(state.form.values['@name'], {kind: 'text', field: {value: 'vm-1', cursor: 4, isSelected: true}});
});

test('the filled form becomes the question for the plan', () => {
	const driven = drive(local(), toPlan);
	assert.equal(deployOf(driven).step, 'plan');
	assert.equal(deployOf(driven).focus, 'cancel');
	assert.deepEqual(driven.effects.at(-1), {
		type: 'plan',
		command: 'deploy',
		input: {provider: 'local', type: 'vm', name: 'web-2', fields: {port: 8080}},
		reply: 'deploy:plan:1',
	});
});

test('nothing runs until Deploy is pressed on a plan that is there', () => {
	const asked = drive(local(), [...toPlan, key('tab'), key('tab'), key('enter')]);
	assert.deepEqual(runs(asked), []);
	const accepted = drive(local(), [...toPlan, reply('deploy:plan:1', plan), key('tab'), key('tab'), key('enter')]);
	assert.equal(drive({state: deployOf(accepted), effects: accepted.effects}, [reply('deploy:run:1', {})]).state, undefined);
	assert.deepEqual(
		runs(drive({state: deployOf(accepted), effects: accepted.effects}, [key('enter'), key('tab'), key('enter')])),
		runs(accepted),
	);
	assert.deepEqual(runs(accepted), [
		{
			type: 'run',
			command: 'deploy',
			input: {provider: 'local', type: 'vm', name: 'web-2', fields: {port: 8080}},
			reply: 'deploy:run:1',
		},
	]);
});

test('Enter on the fresh plan presses Cancel, which has the focus', () => {
	const driven = drive(local(), [...toPlan, reply('deploy:plan:1', plan), key('enter')]);
	assert.equal(driven.state, undefined);
	assert.deepEqual(runs(driven), []);
});

test('Enter in a field does nothing', () => {
	const driven = drive(local(), [...typed('web-2'), key('enter'), key('enter')]);
	assert.equal(deployOf(driven).step, 'fields');
	assert.equal(deployOf(driven).focus, '@name');
});

test('Esc cancels on every step', () => {
	for (const events of [[], toPlan, [...toPlan, reply('deploy:plan:1', plan)]]) {
		const driven = drive(local(), [...events, key('esc')]);
		assert.equal(driven.state, undefined);
		assert.deepEqual(runs(driven), []);
	}

	assert.equal(drive(openDeploy(context), [key('esc')]).state, undefined);
});

test('Plan with a problem goes to the first bad field and says all of them', () => {
	const driven = drive(local(), [...typed('web-1'), ...tabs(8), key('enter')]);
	assert.equal(deployOf(driven).step, 'fields');
	assert.equal(deployOf(driven).focus, '@name');
	assert.ok(deployOf(driven).form.touched.includes('port'));
	assert.equal(
		driven.effects.some(({type}) => type === 'plan'),
		false,
	);
});

test('a problem in a hidden field opens what hides it', () => {
	const {state} = openDeploy(context, {type: 'vm', provider: 'local', name: 'web-2', fields: {port: 80}});
	const opened = drive({state: {...state, focus: 'more'}, effects: []}, [key('space'), key('tab'), ...typed('NOEQUALS')]);
	const closed = {...deployOf(opened), focus: 'plan', form: {...deployOf(opened).form, isAdvancedShown: false}};
	const driven = drive({state: closed, effects: []}, [key('enter')]);
	assert.equal(deployOf(driven).focus, 'env:0');
	assert.equal(deployOf(driven).form.isAdvancedShown, true);
});

test('Back keeps what was typed, and an answer to the older question is not taken', () => {
	const back = [...toPlan, key('tab'), key('enter')];
	const driven = drive(local(), back);
	assert.equal(deployOf(driven).step, 'fields');
	assert.deepEqual(deployOf(driven).form.values['@name'], {kind: 'text', field: {value: 'web-2', cursor: 5}});
	const again = drive(local(), [...back, key('enter'), reply('deploy:plan:1', plan)]);
	assert.equal(deployOf(again).plan.status, 'loading');
	assert.equal(deployOf(drive(local(), [...back, key('enter'), reply('deploy:plan:2', plan)])).plan.status, 'ready');
});

test('a plan that failed stays in place and can only go back or away', () => {
	const error = failure('CWS_PORT_TAKEN', {message: 'Port 8080 is in use.'});
	const driven = drive(local(), [...toPlan, refusal('deploy:plan:1', error), key('tab'), key('tab')]);
	assert.deepEqual(deployOf(driven).plan, {status: 'failed', error});
	assert.equal(deployOf(driven).focus, 'cancel');
});

test('a deploy that the engine refuses says why in place and can go back to the form', () => {
	const error = failure('CWS_NAME_TAKEN', {message: '`web-2` exists already.'});
	const accepted = [...toPlan, reply('deploy:plan:1', plan), key('tab'), key('tab'), key('enter'), refusal('deploy:run:1', error)];
	const driven = drive(local(), accepted);
	assert.deepEqual(deployOf(driven).plan, {status: 'failed', error});
	assert.equal(deployOf(drive(local(), [...accepted, key('enter')])).step, 'fields');
});

test('`c` copies the command line of the plan', () => {
	const driven = drive(local(), [...toPlan, reply('deploy:plan:1', plan), key('c')]);
	assert.deepEqual(driven.effects.at(-1), {type: 'copy', text: plan.cli, label: 'command line'});
});

test('choices that come late keep what was typed', () => {
	const choices = {template: [{value: 'shell'}, {value: 'node-http', unavailable: '`node` is not installed'}]};
	const driven = drive(local(), [...filled, reply('deploy:choices:local/vm', choices)]);
	assert.equal(deployOf(driven).choices.status, 'ready');
	assert.deepEqual(deployOf(driven).form.values['@name'], {kind: 'text', field: {value: 'web-2', cursor: 5}});
	assert.deepEqual(deployOf(driven).form.values['port'], {kind: 'text', field: {value: '8080', cursor: 4}});
});

test('choices arrive also while the plan is being asked for', () => {
	const driven = drive(local(), [...toPlan, reply('deploy:choices:local/vm', {})]);
	assert.equal(deployOf(driven).choices.status, 'ready');
	assert.equal(deployOf(driven).step, 'plan');
});

test('the form survives its plugin being stopped meanwhile', () => {
	const without = viewContext(engineState({plugins: plugins.filter(({id}) => id !== 'local')}));
	const driven = drive(local(), [{type: 'engine'}, ...toPlan], without);
	assert.equal(deployOf(driven).step, 'plan');
});
