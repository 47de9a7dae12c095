import {createHash} from 'node:crypto';
import {type DemoContainer, type DemoEngine, type DemoImage, type DemoVolume} from './fleet.ts';

const hourMs = 3_600_000;

export type LiveContainer = Omit<DemoContainer, 'madeHours' | 'sinceHours'> & {
	readonly id: string;
	readonly madeAt: number;
	readonly sinceAt: number;
	readonly details?: Readonly<Record<string, unknown>>;
};

export type LiveImage = DemoImage & {readonly id: string};

export type LiveVolume = Omit<DemoVolume, 'madeHours'> & {readonly madeAt: number; readonly labels?: Readonly<Record<string, string>>};

/** What is in an engine of the demo by now. What is done to it lasts until cws ends. */
export type LiveEngine = {
	readonly containers: Map<string, LiveContainer>;
	readonly images: Map<string, LiveImage>;
	readonly volumes: Map<string, LiveVolume>;
	readonly find: (idOrName: string) => LiveContainer | undefined;
};

export function createLiveEngine({endpoint: {account}, containers, images, volumes}: DemoEngine, begin: number): LiveEngine {
	const all = containers.map(({madeHours, sinceHours = madeHours, ...container}) => ({
		...container,
		id: idOf(account, container.name),
		madeAt: begin - madeHours * hourMs,
		sinceAt: begin - sinceHours * hourMs,
	}));
	const live = new Map<string, LiveContainer>(all.map(container => [container.id, container]));
	return {
		containers: live,
		images: new Map(images.map(image => [image.name, {...image, id: imageIdOf(image.name)}])),
		volumes: new Map(volumes.map(({name, madeHours}) => [name, {name, madeAt: begin - madeHours * hourMs}])),
		find: key => live.get(key) ?? [...live.values()].find(({name}) => name === key),
	};
}

/** The same for the same words, in the form engines give. */
export const idOf = (...words: readonly string[]): string => createHash('sha256').update(words.join('/')).digest('hex');

export const imageIdOf = (name: string): string => `sha256:${idOf('image', name)}`;
