import {type Choice} from 'cws/sdk';
import {formatIdentity} from './access/identity.ts';
import {computeComponent} from './price/price-book.ts';
import {regionFactors} from './price/rates.ts';
import {formatShape, offeredTypes, shapeOf} from './price/sizes.ts';
import {type AwsState} from './state.ts';
import {images} from './vm/deploy/images.ts';

/** What a form offers; nothing is asked of AWS for it. */
export async function choices({accounts, identities, config, livePrices}: AwsState): Promise<Readonly<Record<string, readonly Choice[]>>> {
	const found = await accounts();
	const region = found.accounts[0]?.region ?? 'us-east-1';
	const regions = new Set([
		...found.accounts.map(account => account.region),
		...config.regions.filter(name => name !== 'all'),
		...Object.keys(regionFactors),
	]);
	return {
		region: [...regions].map(value => ({value})),
		profile: found.accounts.map(account => {
			const identity = identities.known(account);
			return {value: account.name, description: identity === undefined ? account.region : `${formatIdentity(identity)}, ${account.region}`};
		}),
		instanceType: offeredTypes.map(value => {
			const shape = shapeOf(value);
			return {
				value,
				...(shape !== undefined && {description: formatShape(shape)}),
				hourly: computeComponent(value, region, livePrices.of(region, value)).hourly,
			};
		}),
		image: images.map(({alias, title}) => ({value: alias, description: title})),
	};
}
