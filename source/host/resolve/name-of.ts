import {type Requirement} from '../../core/plugin-parts.ts';

/** `the service \`pricing\` ^1`, as a message has it. */
export const nameOf = ({kind, name, range}: Pick<Requirement, 'kind' | 'name' | 'range'>): string => `the ${kind} \`${name}\` ${range}`;
