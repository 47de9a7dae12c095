import {type DeploySpec, providerError} from 'cws/sdk';
import {type Account} from '../../access/accounts.ts';
import {formatIdentity} from '../../access/identity.ts';
import {reasonAgainst} from '../../access/guard.ts';
import {type Part} from '../../access/parts.ts';
import {invalid, text} from '../../fields.ts';
import {type AwsState} from '../../state.ts';

const regionName = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/;

export const profileOf = ({fields, account}: Pick<DeploySpec, 'fields' | 'account'>): string | undefined =>
	text(fields, 'profile') ?? account;

/** Where something is created: the profile that was named or is active, the region that was named or is its own. */
export async function placeOf(state: AwsState, spec: DeploySpec): Promise<Part> {
	const region = regionOf(spec);
	const name = profileOf(spec);
	const {accounts, skipped} = await state.accounts();
	const account = name === undefined ? accounts[0] : accounts.find(account => account.name === name);
	if (account === undefined && name !== undefined) {
		throw invalid(
			'profile',
			`There is no usable profile \`${name.slice(0, 100)}\`${reasonOf(skipped, name)}.`,
			skipped.find(one => one.name === name)?.fix ??
				(accounts.length === 0 ? 'set up AWS first: `aws configure`' : `use one of ${accounts.map(account => account.name).join(', ')}`),
		);
	}

	if (account === undefined) {
		throw providerError('CWS_NEEDS_LOGIN', {
			message: 'No AWS credentials were found.',
			cause: 'neither the environment nor ~/.aws has any',
			fix: 'run `aws configure sso` or `aws configure`',
		});
	}

	return {account, region: region ?? firstOf(state, account)};
}

const firstOf = ({config}: AwsState, {region}: Account): string =>
	config.regions.length === 0 || config.regions.includes('all') || config.regions.includes(region) ? region : config.regions[0]!;

const reasonOf = (skipped: readonly {readonly name: string; readonly reason: string}[], name: string): string => {
	const reason = skipped.find(one => one.name === name)?.reason;
	return reason === undefined ? '' : `: ${reason}`;
};

export function regionOf({region: asked, fields}: Pick<DeploySpec, 'region' | 'fields'>): string | undefined {
	const region = asked ?? text(fields, 'region');
	if (region !== undefined && !regionName.test(region)) {
		throw invalid('region', `\`${region.slice(0, 100)}\` is no region of AWS.`, 'use one like eu-central-1');
	}

	return region;
}

export type PlaceWords = {readonly line: string; readonly warning?: string};

const identitySeconds = 4;

/** Whose account it is, for a dialog. A plan works without credentials, so what cannot be asked is a warning. */
export async function accountWords(state: AwsState, {account}: Part, signal: AbortSignal): Promise<PlaceWords> {
	try {
		const identity = await state.identities.named(account, AbortSignal.any([signal, AbortSignal.timeout(identitySeconds * 1000)]));
		const against = reasonAgainst(identity, state.config);
		return {
			line: `${formatIdentity(identity)}, profile ${account.name}`,
			...(against !== undefined && {warning: `it will be refused: ${against}`}),
		};
	} catch (error) {
		signal.throwIfAborted();
		const {cause, message} = (error as {failure?: {cause?: string; message: string}}).failure ?? {message: 'it did not answer in time'};
		return {line: `profile ${account.name}`, warning: `AWS does not say which account this is: ${cause ?? message}`};
	}
}
