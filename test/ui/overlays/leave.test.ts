import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type PluginRecord} from '../../../source/core/plugin.ts';
import {openConsent} from '../../../source/ui/overlays/consent/consent.ts';
import {openDeploy} from '../../../source/ui/overlays/deploy/open-deploy.ts';
import {openDestroy} from '../../../source/ui/overlays/destroy/destroy.ts';
import {openInstall} from '../../../source/ui/overlays/install/install.ts';
import {openLogin} from '../../../source/ui/overlays/login/login.ts';
import {openOptions} from '../../../source/ui/overlays/options/options.ts';
import {openOutput} from '../../../source/ui/overlays/output/output.ts';
import {type Opened, type OverlayState} from '../../../source/ui/overlays/overlay.ts';
import {questionOf} from '../../../source/ui/overlays/question/question.ts';
import {openRemove} from '../../../source/ui/overlays/remove/remove.ts';
import {openSecret} from '../../../source/ui/overlays/secret/secret.ts';
import {openViews} from '../../../source/ui/overlays/views/views.ts';
import {drive, runs} from './drive.ts';
import {engineState, gpu, key, plugin, viewContext} from './layer-fixture.ts';

const consent = {
	needed: [{kind: 'http', title: 'send requests to api.acme.example', reason: 'Reads usage', risk: 'low'}],
	isUpdate: false,
} as const;
const plain = plugin('acme', [], {origin: 'user'});
const acme: PluginRecord = {
	...plain,
	manifest: {
		...plain.manifest,
		permissions: {http: [{hosts: ['api.acme.example'], reason: 'x'}], secrets: [{name: 'token', title: 'API token'}]},
		config: {type: 'object', properties: {timeout: {type: 'integer', default: 30}}},
	},
};
const context = viewContext(engineState({plugins: [acme]}));
const lab = {
	name: 'lab',
	id: 'lab',
	plugin: 'acme',
	key: 'user/acme',
	title: 'The lab',
	flows: ['manual'],
	handler: 'lab',
	secrets: [],
} as const;

const dialogs: readonly (() => Opened<OverlayState>)[] = [
	() => openConsent(acme, consent),
	() => openDeploy(context),
	() => openDestroy(gpu, context),
	() => openInstall(),
	() => openLogin([lab]),
	() => openOptions(acme),
	() => openOutput('cws acme', {plugin: 'acme', command: 'acme', args: [], flags: {}}),
	() => openRemove(acme),
	() => openSecret(acme),
	() => openViews(),
	() => ({state: questionOf({id: 7, plugin: 'acme', title: 'Acme Cloud', text: 'Clean it?', wants: 'text'}), effects: []}),
];

for (const open of dialogs) {
	test(`Esc leaves the dialog ${open().state.kind} wherever its focus is, and changes nothing`, () => {
		for (let tabs = 0; tabs < 4; tabs++) {
			const driven = drive(open(), [...Array.from({length: tabs}, () => key('tab')), key('esc')], context);
			assert.equal(driven.state, undefined, `after ${tabs} tabs`);
			assert.deepEqual(runs({effects: driven.last.effects ?? []}), []);
		}
	});
}
