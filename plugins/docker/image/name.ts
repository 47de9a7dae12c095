import {invalid} from '../container/deploy/fields.ts';

export type ImageName = {
	/** Everything before the tag, for example `ghcr.io/owner/app`. */
	readonly repository: string;
	/** A tag, or a digest `sha256:…`. */
	readonly tag: string;
	/** As it is written in a container, `nginx:1.29` or `nginx@sha256:…`. */
	readonly full: string;
	/** The key of its registry in the configuration of the Docker command. */
	readonly registry: string;
};

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const host = String.raw`(?:localhost|[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+|[a-zA-Z0-9-]+(?=:\d)|\[[\da-fA-F:]+\])(?::\d{1,5})?`;
const pattern = new RegExp(
	String.raw`^(?<repository>(?:(?<host>${host})/)?${component}(?:/${component})*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$`,
);
/** Under this name the Docker command keeps the login of the registry that everybody means. */
export const dockerHub = 'https://index.docker.io/v1/';

/** `nginx`, `nginx:1.29`, `ghcr.io/owner/app@sha256:…`, or the id of an image that is there. */
export function parseImageName(text: string, field: string): ImageName {
	if (/^sha256:[0-9a-f]{64}$/.test(text)) {
		return {repository: text, tag: '', full: text, registry: dockerHub};
	}

	const groups = text.length > 1024 ? undefined : pattern.exec(text)?.groups;
	if (groups === undefined) {
		throw invalid(
			field,
			`\`${text}\` is not the name of an image.`,
			'write it as NAME:TAG, for example `nginx:1.29` or `ghcr.io/owner/app:2`',
		);
	}

	const repository = groups['repository']!;
	const {digest, tag = 'latest', host} = groups;
	const isHub = host === undefined || host === 'docker.io' || host === 'index.docker.io';
	return {
		repository,
		tag: digest ?? tag,
		full: digest === undefined ? `${repository}:${tag}` : `${repository}@${digest}`,
		registry: isHub ? dockerHub : host,
	};
}
