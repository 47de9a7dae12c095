import {type PluginContext} from 'cws/sdk';

/** What `[plugins.docker.hosts.NAME]` may say of one endpoint. */
export type HostConfig = {
	/** `unix://`, `tcp://`, `https://` or `ssh://`; absent when it only sets the price of one that is found by itself. */
	readonly url?: string;
	/** Directory with `ca.pem`, `cert.pem` and `key.pem`, for `tcp://`. */
	readonly certificates?: string;
	/** What an hour of one running container costs there. */
	readonly ratePerHour?: number;
};

export type DockerConfig = {
	/** Whether sockets, `DOCKER_HOST` and the contexts of the Docker command are looked for. */
	readonly discover: boolean;
	/** Only these of what is found; all when absent. */
	readonly contexts?: readonly string[];
	readonly hosts: Readonly<Record<string, HostConfig>>;
	readonly ratePerHour?: number;
	readonly currency: string;
	readonly stopGraceSeconds: number;
	readonly statsSeconds: number;
	/** A recorded fleet instead of engines. */
	readonly demo?: boolean;
};

/** The world as this plugin sees it; tests give another one. */
export type World = {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly home: string;
	readonly uid: number;
	readonly platform: NodeJS.Platform;
};

/** What the parts of this plugin share. */
export type DockerContext = {
	readonly config: DockerConfig;
	readonly world: World;
	readonly log: PluginContext['log'];
};
