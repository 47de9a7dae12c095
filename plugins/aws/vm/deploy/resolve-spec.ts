import {type DeploySpec, providerError} from 'cws/sdk';
import {flag, invalid, oneOf, text, texts, wholeNumber} from '../../fields.ts';
import {shapeOf, splitType} from '../../price/sizes.ts';
import {type ChosenImage, chooseImage, images} from './images.ts';

export type VmSpec = {
	readonly name: string;
	readonly instanceType: string;
	readonly image: ChosenImage;
	readonly keyPair?: string;
	readonly securityGroups: readonly string[];
	readonly subnet?: string;
	readonly publicAddress: 'subnet' | 'yes' | 'no';
	readonly diskGb?: number;
	readonly diskType: (typeof diskTypes)[number];
	readonly isEncrypted: boolean;
	readonly isSpot: boolean;
	readonly canHibernate: boolean;
	readonly isProtected: boolean;
	readonly userData?: string;
	readonly instanceProfile?: string;
	readonly user?: string;
	readonly tags: Readonly<Record<string, string>>;
};

const diskTypes = ['gp3', 'gp2'] as const;
const vmName = /^[a-zA-Z0-9][\w.-]{0,127}$/;
const mostTags = 48;
// What AWS takes, after base64.
const mostUserData = 16_384;
// The system and what grows; the memory comes on top where it is kept on the disk.
const systemGb = 8;

/** Completes and checks what was asked for; nothing is asked of AWS. Every problem is thrown with its field. */
export function resolveVm({name, size, template, fields, tags = {}}: DeploySpec): VmSpec {
	if (!vmName.test(name)) {
		throw providerError('CWS_INVALID_NAME', {
			message: `\`${name.slice(0, 100)}\` cannot be the name of an instance.`,
			fix: 'use letters, digits, dots, dashes and underscores',
			details: {field: 'name'},
		});
	}

	const instanceType = size ?? text(fields, 'instanceType') ?? 't3.micro';
	if (splitType(instanceType) === undefined) {
		throw invalid(
			size === undefined ? 'instanceType' : 'size',
			`\`${instanceType.slice(0, 100)}\` is no instance type.`,
			'use one like t3.micro',
		);
	}

	const imageName = text(fields, 'image') ?? template ?? images[0]!.alias;
	const image = chooseImage(imageName, instanceType);
	if (image === undefined) {
		throw invalid(
			'image',
			`\`${imageName.slice(0, 100)}\` is no image.`,
			`use ${images.map(({alias}) => alias).join(', ')}, an id like ami-0abc…, or the path of a public parameter`,
		);
	}

	const canHibernate = flag(fields, 'hibernate');
	const isSpot = flag(fields, 'spot');
	if (isSpot && canHibernate) {
		throw invalid('hibernate', 'A spot instance of one request cannot sleep.', 'leave out `hibernate` or `spot`');
	}

	const diskGb = wholeNumber(fields, 'diskGb', 1, 16_384) ?? (canHibernate ? sleepingDisk(instanceType) : undefined);
	return {
		name,
		instanceType,
		image,
		keyPair: text(fields, 'keyPair', /^[\P{C}]{1,255}$/u),
		securityGroups: texts(fields, 'securityGroups', /^sg-[0-9a-f]{8,17}$/),
		subnet: text(fields, 'subnet', /^subnet-[0-9a-f]{8,17}$/),
		publicAddress: oneOf(fields, 'publicAddress', ['subnet', 'yes', 'no'], 'subnet'),
		diskGb,
		diskType: oneOf(fields, 'diskType', diskTypes, 'gp3'),
		// The memory on the disk has to be encrypted: AWS refuses it otherwise.
		isEncrypted: flag(fields, 'encrypted') || canHibernate,
		isSpot,
		canHibernate,
		isProtected: flag(fields, 'protect'),
		userData: userDataOf(fields),
		instanceProfile: text(fields, 'instanceProfile', /^(?:arn:[\w:/+=,.@-]{1,2000}|[\w+=,.@-]{1,128})$/),
		user: text(fields, 'user', /^[a-z_][a-z0-9_-]{0,31}$/) ?? image.user,
		tags: checkedTags(tags),
	};
}

function sleepingDisk(instanceType: string): number | undefined {
	const shape = shapeOf(instanceType);
	return shape === undefined ? undefined : systemGb + Math.ceil(shape.memoryMb / 1024);
}

function userDataOf(fields: DeploySpec['fields']): string | undefined {
	const value = text(fields, 'userData');
	if (value !== undefined && Buffer.byteLength(value) > mostUserData) {
		throw invalid('userData', '`userData` is longer than AWS takes.', `shorten it to ${mostUserData} bytes`);
	}

	return value;
}

function checkedTags(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
	const entries = Object.entries(tags);
	const bad = entries.find(([key, value]) => key === '' || key.length > 128 || value.length > 256 || /^aws:/i.test(key));
	if (bad !== undefined || entries.length > mostTags) {
		throw invalid(
			'tags',
			bad === undefined ? 'There are more tags than AWS takes.' : `The tag \`${bad[0].slice(0, 128)}\` is one AWS does not take.`,
			`use at most ${mostTags} tags, keys up to 128 and values up to 256 characters, none that begins with aws:`,
		);
	}

	return tags;
}
