import {type ContractCheck} from './contract.ts';
import {deployChecks} from './deploy-checks.ts';
import {listChecks} from './list-checks.ts';
import {pluginChecks} from './plugin-checks.ts';

const [starts, ...others] = pluginChecks as readonly [ContractCheck, ...ContractCheck[]];

/** All that a plugin promises, in the order it is held against it; what looks at its log comes last. */
export const contractChecks: readonly ContractCheck[] = [starts, ...listChecks, ...deployChecks, ...others];
