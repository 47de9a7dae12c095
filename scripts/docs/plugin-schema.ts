import {manifestSchema} from '../../source/host/manifest/schema/manifest.ts';

/** The JSON Schema of `plugin.json` for editors; the host checks with the very same one. */
export const renderPluginSchema = (): string => `${JSON.stringify(manifestSchema, undefined, '\t')}\n`;
