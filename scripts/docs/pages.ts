import {renderConfigDocs} from '../../source/platform/settings/render-config-docs.ts';
import {renderCliDocs} from './cli-docs.ts';
import {renderContractDocs} from './contract-docs.ts';
import {renderErrorDocs} from './error-docs.ts';
import {renderKeyDocs} from './key-docs.ts';
import {renderPluginSchema} from './plugin-schema.ts';

/** Every generated page of docs/ with what it has to say. */
export const renderPages = async (): Promise<Readonly<Record<string, string>>> => ({
	'cli.md': await renderCliDocs(),
	'config.md': renderConfigDocs(),
	'plugin-contract.md': renderContractDocs(),
	'errors.md': renderErrorDocs(),
	'keys.md': renderKeyDocs(),
	'plugin.schema.json': renderPluginSchema(),
});
