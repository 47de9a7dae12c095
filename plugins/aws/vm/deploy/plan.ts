import {type DeploySpec, type Estimate, FailureError, type PlanLine, type ProviderPlan, unknown} from 'cws/sdk';
import {type Part} from '../../access/parts.ts';
import {estimateOf} from '../../price/estimate.ts';
import {addressComponent, computeComponent, volumeComponent} from '../../price/price-book.ts';
import {type LivePrice} from '../../price/live/live-prices.ts';
import {machine} from '../../price/live/wanted.ts';
import {formatShape, shapeOf} from '../../price/sizes.ts';
import {spotComponent, type SpotPrice} from '../../price/spot.ts';
import {type AwsState} from '../../state.ts';
import {accountWords, placeOf, regionOf} from './place.ts';
import {resolveVm, type VmSpec} from './resolve-spec.ts';

const defaultDiskGb = 8;

/** The dry run of a launch: the same checks as the launch, without credentials if there are none. */
export async function planVm(state: AwsState, deploy: DeploySpec, signal: AbortSignal): Promise<ProviderPlan> {
	const spec = resolveVm(deploy);
	const place = await placeIfAny(state, deploy);
	const words =
		place === undefined ? {line: 'none yet', warning: 'no AWS credentials were found yet'} : await accountWords(state, place, signal);
	const region = place?.region ?? regionOf(deploy) ?? 'us-east-1';
	if (spec.isSpot && place !== undefined) {
		await state.spotPrices.learn(place, [spec.instanceType], signal);
	}

	if (!spec.isSpot && place !== undefined) {
		await state.livePrices.want(place, [machine(spec.instanceType, place.region)]);
	}

	return {
		lines: [{label: 'account', value: words.line}, {label: 'region', value: region}, ...linesOf(spec)],
		warnings: [
			...(words.warning === undefined ? [] : [words.warning]),
			...(spec.keyPair === undefined && spec.instanceProfile === undefined
				? ['neither a key pair nor an instance profile: nobody will be able to log in']
				: []),
			...(spec.isSpot ? ['AWS may take a spot instance back two minutes after it says so'] : []),
			...(/^t[34]/.test(spec.instanceType) ? ['processor time above its share costs extra (0.05 $ for each vCPU hour)'] : []),
			'a stopped instance goes on costing its disk',
		],
		estimate: estimateVm(spec, region, {
			spot: state.spotPrices.of(region, spec.instanceType),
			listed: state.livePrices.of(region, spec.instanceType),
		}),
	};
}

async function placeIfAny(state: AwsState, deploy: DeploySpec): Promise<Part | undefined> {
	try {
		return await placeOf(state, deploy);
	} catch (error) {
		if (error instanceof FailureError && error.failure.code === 'CWS_NEEDS_LOGIN') {
			return undefined;
		}

		throw error;
	}
}

type Prices = {readonly spot?: SpotPrice | undefined; readonly listed?: LivePrice | undefined};

/** Machine, disk and address; unknown for spot when AWS was not asked. */
export function estimateVm(spec: VmSpec, region: string, {spot, listed}: Prices = {}): Estimate {
	const compute = computeComponent(spec.instanceType, region, listed);
	return estimateOf(
		[
			!spec.isSpot
				? compute
				: spot === undefined
					? {...compute, description: `${spec.instanceType} spot`, hourly: unknown('AWS was not asked for the spot price')}
					: spotComponent(spec.instanceType, spot),
			volumeComponent({kind: spec.diskType, gb: spec.diskGb ?? defaultDiskGb}, region),
			...(spec.publicAddress === 'no' ? [] : [addressComponent(false)]),
		],
		['traffic', 'snapshots', ...(spec.diskGb === undefined ? ['a disk larger than 8 GB, if the image brings one'] : [])],
	);
}

function linesOf(spec: VmSpec): readonly PlanLine[] {
	const line = (label: string, value: string | undefined): readonly PlanLine[] => (value === undefined ? [] : [{label, value}]);
	const shape = shapeOf(spec.instanceType);
	const tags = Object.entries(spec.tags);
	return [
		...line('type', `${spec.instanceType}${shape === undefined ? '' : `, ${formatShape(shape)}`}${spec.isSpot ? ', spot' : ''}`),
		...line(
			'image',
			`${spec.image.title}${spec.image.id.startsWith('resolve:') && spec.image.title !== spec.image.id ? ', the newest' : ''}`,
		),
		...line(
			'disk',
			`${spec.diskGb === undefined ? 'as the image says' : `${spec.diskGb} GB`} ${spec.diskType}${spec.isEncrypted ? ', encrypted' : ''}; goes with the instance`,
		),
		...line('key pair', spec.keyPair),
		...line('user', spec.user),
		...line('security groups', spec.securityGroups.length === 0 ? 'the default one of its network' : spec.securityGroups.join(', ')),
		...line('subnet', spec.subnet),
		...line('public address', addressWords[spec.publicAddress]),
		...line('instance profile', spec.instanceProfile),
		...line('user data', spec.userData === undefined ? undefined : `${Buffer.byteLength(spec.userData)} bytes`),
		...line('hibernation', spec.canHibernate ? 'possible' : undefined),
		...line('protection', spec.isProtected ? 'cannot be destroyed until it is switched off' : undefined),
		...line('tags', tags.length === 0 ? undefined : tags.map(([key, value]) => `${key}=${value}`).join(', ')),
	];
}

const addressWords: Readonly<Record<VmSpec['publicAddress'], string>> = {
	subnet: 'as the subnet says (counted as one)',
	yes: 'yes',
	no: 'none',
};
