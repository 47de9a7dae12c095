import {type CallContext, type CommandInput, type CommandOutput, providerError, type ProviderResource, type ResourceTarget} from 'cws/sdk';
import {assertAllowed} from '../access/guard.ts';
import {ask} from '../clients/ask.ts';
import {listParts} from '../list-parts.ts';
import {computeComponent} from '../price/price-book.ts';
import {isArm, splitType} from '../price/sizes.ts';
import {type AwsState} from '../state.ts';
import {accountWords} from './deploy/place.ts';
import {instanceId} from './map.ts';
import {type FoundVm, needVm, readInstances} from './read.ts';

/** `cws aws resize <instance> <type>`. */
export async function resizeVm(state: AwsState, {args, flags}: CommandInput, call: CallContext): Promise<CommandOutput> {
	const [name = '', type = ''] = args;
	if (splitType(type) === undefined) {
		throw providerError('CWS_INVALID_INPUT', {
			message: `\`${type.slice(0, 100)}\` is no instance type.`,
			fix: 'use one like m7i.large',
			details: {field: 'type'},
		});
	}

	const {profile, region, dryRun} = flags;
	const wanted = {name, ...(typeof profile === 'string' && {account: profile}), ...(typeof region === 'string' && {region})};
	const found = await needVm(state, await targetOf(state, wanted, call.signal), call.signal);
	const before = found.resource.size ?? 'unknown';
	assertFits(found, type);
	const words = await accountWords(state, found.part, call.signal);
	const text = `${found.resource.name} (${found.resource.id}) of ${words.line} in ${found.part.region}: ${priced(state, before, found)} → ${priced(state, type, found)}`;
	const data = {id: found.resource.id, account: found.part.account.name, region: found.part.region, before, after: type};
	if (dryRun === true) {
		return {text: `${text}\nThis is a dry-run. No changes were made.`, data: {...data, status: 'preview'}};
	}

	const {account, region: place} = found.part;
	await assertAllowed(account, state.config, state.identities, call.signal);
	const {ModifyInstanceAttributeCommand} = await import('../clients/ec2.ts');
	await ask({account, region: place, doing: `change the type of \`${found.resource.name}\``}, call.signal, async () =>
		(await state.clients.ec2(account, place)).send(
			new ModifyInstanceAttributeCommand({InstanceId: found.resource.id, InstanceType: {Value: type}}),
			{abortSignal: call.signal},
		),
	);
	return {text, data: {...data, status: 'updated'}};
}

/** The one instance of a name or an id; names are not unique at AWS, so several are an error that lists them. */
async function targetOf(
	state: AwsState,
	{name, account, region}: {readonly name: string; readonly account?: string; readonly region?: string},
	signal: AbortSignal,
): Promise<ResourceTarget> {
	const target = {provider: 'aws', type: 'vm', name, ...(account !== undefined && {account}), ...(region !== undefined && {region})};
	if (instanceId.test(name)) {
		return {...target, id: name};
	}

	const rows: ProviderResource[] = [];
	for await (const {resources} of listParts(state, signal, (part, signal) => readInstances(state, part, signal))) {
		rows.push(...resources);
	}

	const fits = rows.filter(
		row => row.name === name && (account === undefined || row.account === account) && (region === undefined || row.region === region),
	);
	const [row] = fits;
	if (fits.length > 1) {
		throw providerError('CWS_AMBIGUOUS', {
			message: `${fits.length} instances are called \`${name}\`.`,
			cause: fits.map(({id, account, region}) => `${id} (${account}, ${region})`).join(', '),
			fix: 'use the id',
		});
	}

	if (row === undefined) {
		throw providerError('CWS_NOT_FOUND', {
			message: `No instance is called \`${name.slice(0, 100)}\`.`,
			fix: 'see `cws list --provider aws`',
		});
	}

	return {...target, id: row.id, account: row.account!, region: row.region!};
}

function assertFits({resource, instance}: FoundVm, type: string): void {
	if (resource.status !== 'stopped') {
		throw providerError('CWS_INVALID_STATE', {
			message: `\`${resource.name}\` is ${resource.status}.`,
			cause: 'AWS changes the type of stopped instances only',
			fix: 'stop it first',
		});
	}

	const hasArm = instance.Architecture === 'arm64';
	if (instance.Architecture !== undefined && hasArm !== isArm(type)) {
		throw providerError('CWS_INVALID_INPUT', {
			message: `\`${type}\` has another kind of processor than \`${resource.name}\`.`,
			cause: `its disk holds programs for ${instance.Architecture}`,
			fix: hasArm ? 'use a type with a `g` behind its number, such as m7g.large' : 'use a type of Intel or AMD, such as m7i.large',
			details: {field: 'type'},
		});
	}
}

function priced({livePrices}: AwsState, type: string, {part: {region}}: FoundVm): string {
	const {hourly} = computeComponent(type, region, livePrices.of(region, type));
	return hourly.kind === 'known' ? `${type} ($${(hourly.nanos / 1e9).toFixed(4)}/h)` : type;
}
