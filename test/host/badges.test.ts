import assert from 'node:assert/strict';
import {test} from 'node:test';
import {statusLines} from '../../source/commands/plugins/actions/status.ts';
import {consentLines} from '../../source/commands/plugins/actions/grant.ts';
import {type PluginOrigin} from '../../source/core/plugin.ts';
import {lineText} from '../../source/ui/components/line/line.ts';
import {openConsent} from '../../source/ui/overlays/consent/consent.ts';
import {viewConsent} from '../../source/ui/overlays/consent/view-consent.ts';
import {pluginLines} from '../../source/ui/screens/plugin/plugin-lines.ts';
import {hostForTest} from '../helpers/host-for-test.ts';
import {engineState, now, viewContext, viewState} from '../ui/overlays/layer-fixture.ts';
import {madePlugin} from './made-plugin.ts';

const badges: Readonly<Record<PluginOrigin, string | undefined>> = {
	bundled: undefined,
	directory: 'development',
	project: 'development',
	user: 'unsigned',
	package: 'unsigned',
	system: 'unsigned',
};

for (const [origin, badge] of Object.entries(badges) as [PluginOrigin, string | undefined][]) {
	test(`a plugin that is ${origin} has ${badge === undefined ? 'no badge' : `the badge \`${badge}\``}, everywhere it is shown`, async () => {
		await using made = await hostForTest([madePlugin('lab')], {origin});
		const [record] = made.host.records();
		assert.equal(record?.badge, badge);
		const detail = pluginLines(record!, engineState({plugins: [record!]}), now, 120).map(line => lineText(line));
		assert.match(detail.join('\n'), badge === undefined ? /signature +comes with cws/ : /signature +unsigned/);
		assert.equal(
			detail.some(line => line.includes('in development')),
			badge === 'development',
		);
		const status = statusLines(record!, now);
		assert.ok(status.includes(badge === undefined ? 'Origin: bundled' : `Origin: ${origin}, ${badge}`), status.join('\n'));
		if (badge !== undefined) {
			const consent = {needed: [], isUpdate: false};
			const waiting = {...record!, state: 'blocked' as const, consent};
			assert.match(consentLines(waiting, consent)[0]!, new RegExp(`${origin}, ${badge}\\)`));
			const context = viewContext(engineState({plugins: [waiting]}));
			const {header = []} = viewConsent(openConsent(waiting, consent).state, context, viewState());
			assert.match(header.map(line => lineText(line)).join('\n'), new RegExp(badge));
		}
	});
}
