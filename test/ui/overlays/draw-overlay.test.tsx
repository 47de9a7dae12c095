import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Box, Text} from 'ink';
import {amount} from '../../../source/core/money/money.ts';
import {openActions} from '../../../source/ui/overlays/actions/actions.ts';
import {openConfirm} from '../../../source/ui/overlays/confirm/confirm.ts';
import {openDeploy} from '../../../source/ui/overlays/deploy/open-deploy.ts';
import {openDestroy} from '../../../source/ui/overlays/destroy/destroy.ts';
import {openHelp} from '../../../source/ui/overlays/help/help.ts';
import {openMessage} from '../../../source/ui/overlays/message/message.ts';
import {type OverlayState} from '../../../source/ui/overlays/overlay.ts';
import {openPalette} from '../../../source/ui/overlays/palette/palette.ts';
import {Overlay} from '../../../source/ui/overlays/registry.ts';
import {openSortPicker} from '../../../source/ui/overlays/sort/sort-picker.ts';
import {openThemePicker} from '../../../source/ui/overlays/theme/theme-picker.ts';
import {createTheme} from '../../../source/ui/theme/create-theme.ts';
import {loadThemes} from '../../../source/ui/theme/load-themes.ts';
import {renderScreen} from '../../helpers/screen.tsx';
import {drive, reply} from './drive.ts';
import {gpu, host, key, notebook, typed, viewContext, viewState, web} from './layer-fixture.ts';

const context = viewContext();
const [midnight, , mono] = loadThemes();

const draw = async (state: OverlayState, size = {columns: 120, rows: 36}, theme = createTheme(midnight!, 3)) => {
	const screen = renderScreen(
		<Box width={size.columns} height={size.rows} flexDirection="column" overflow="hidden">
			{Array.from({length: size.rows}, (_, row) => (
				// oxlint-disable-next-line react/no-array-index-key -- a line is its place
				<Text key={row}>{'.'.repeat(size.columns)}</Text>
			))}
			<Overlay state={state} context={context} view={viewState({size})} theme={theme} />
		</Box>,
		size,
	);
	await screen.settled();
	return screen;
};

const plan = {
	action: 'deploy',
	provider: 'aws',
	type: 'vm',
	name: 'genomics-gpu-2',
	region: 'us-east-1',
	lines: [{label: 'image', value: 'ami-0abcdef'}],
	cli: 'cws deploy vm genomics-gpu-2 --provider aws --region us-east-1 --size g5.xlarge',
	note: '',
	hoursPerMonth: 720,
	estimate: {...gpu.cost!, hourly: amount(1.0221)},
	warnings: ['the key pair is old'],
};

const planned = drive(openDeploy(context, {provider: 'aws', type: 'vm'}), [
	key('shift+tab'),
	key('enter'),
	reply('deploy:plan:1', plan),
]).state!;
const destroying = drive(openDestroy(notebook, context), [
	reply(`destroy:plan:${notebook.ref}`, {
		takes: ['1 volume of 100 GB'],
		keeps: ['security group `lab-ssh`'],
		lines: [{label: 'account', value: 'lab-main (210987654321)'}],
	}),
	...typed('old-note'),
]).state!;

const all: Readonly<Record<string, OverlayState>> = {
	actions: openActions([gpu], context).state,
	marked: openActions([gpu, notebook, web], context).state,
	confirm: openConfirm({title: 'Quit', question: 'Leave cws?', label: 'Quit', effects: []}).state,
	where: openDeploy(context).state,
	fields: openDeploy(context, {provider: 'local', type: 'vm'}).state,
	planned,
	destroying,
	protected: openDestroy(host, context).state,
	help: openHelp().state,
	message: openMessage('Failed', {code: 'CWS_PORT_TAKEN', message: 'Port 8080 is in use.', cause: 'pid 4711 listens there'}).state,
	palette: openPalette().state,
	sort: openSortPicker({column: 'age', isDescending: false}).state,
	theme: openThemePicker(context, 'midnight').state,
};

test('the plan says what, how much by hour, day and month, the change of the burn, the source of the price and the command line', async () => {
	const screen = await draw(planned);
	const text = screen.text();
	for (const words of [
		'Create genomics-gpu-2  vm on aws, us-east-1',
		'image     ami-0abcdef',
		'$1.0221/h · $24.53/day · $735.91/month (720 h)',
		'≥ $1.03/h → ≥ $2.05/h  +99 %',
		'bundled price list of 2026-11-19 · not counted: egress, snapshots',
		'the key pair is old',
		'$ cws deploy vm genomics-gpu-2 --provider aws',
		'c copies',
	]) {
		assert.ok(text.includes(words), `${words}\n${text}`);
	}

	screen.unmount();
});

test('the destroy dialog says where, what it cost, what it saves, what goes, what stays and how to undo', async () => {
	const screen = await draw(destroying);
	const text = screen.text();
	for (const words of [
		'Destroy old-notebook  vm · i-0a12bb34cc56d9f3e',
		'aws · account lab (210987654321) · eu-west-1',
		'stopped · created 88d ago',
		'$212.40 so far · saves $7.99/month (720 h)',
		'account   lab-main (210987654321)',
		'takes     1 volume of 100 GB',
		'keeps     security group `lab-ssh`',
		'10 s, u cancels; killing cws destroys nothing',
		'Type the name to confirm  old-notebook',
		'Destroy unlocks when the name matches',
	]) {
		assert.ok(text.includes(words), `${words}\n${text}`);
	}

	screen.unmount();
});

test('a protected resource is explained', async () => {
	const screen = await draw(all.protected!);
	assert.match(screen.text(), /This is the machine cws runs on\./);
	assert.doesNotMatch(screen.text(), /Type the name/);
	screen.unmount();
});

test('the focused button and the chosen row stand out without colours too', async () => {
	const theme = createTheme(mono!, 0);
	const quit = await draw(all.confirm!, undefined, theme);
	assert.ok(quit.cellOf('Cancel').isInverse);
	assert.ok(!quit.cellOf('Quit  ').isInverse);
	quit.unmount();
	const menu = await draw(all.actions!, undefined, theme);
	assert.ok(menu.cellOf('Stop').isInverse);
	menu.unmount();
});

test('every overlay is one whole centred box with its feet in sight, on every size', async () => {
	for (const size of [
		{columns: 200, rows: 60},
		{columns: 120, rows: 36},
		{columns: 80, rows: 24},
		{columns: 40, rows: 12},
	]) {
		for (const [name, state] of Object.entries(all)) {
			const screen = await draw(state, size);
			const rows = screen.rows();
			const top = rows.findIndex(row => row.includes('╭'));
			const bottom = rows.findIndex(row => row.includes('╰'));
			const left = rows[top]!.indexOf('╭');
			const right = rows[top]!.indexOf('╮');
			const message = `${name} ${size.columns}×${size.rows}\n${screen.framed()}`;
			assert.ok(top >= 0 && bottom > top && right > left, message);
			assert.equal(rows[bottom]!.indexOf('╰'), left, message);
			assert.equal(rows[bottom]!.indexOf('╯'), right, message);
			for (let row = top + 1; row < bottom; row++) {
				assert.match(rows[row]![left]! + rows[row]![right]!, /^│[│▴▾]$/, message);
				assert.doesNotMatch(rows[row]!.slice(left + 1, right), /\.{12}/, message);
			}

			assert.ok(Math.abs(left - (size.columns - 1 - right)) <= 1, message);
			assert.match(rows.slice(top, bottom).join('\n'), /Cancel|Close|Esc|Enter/, message);
			screen.unmount();
		}
	}
});
