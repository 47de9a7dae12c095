import {type Resource} from '../../core/resource.ts';

/** Whether a person should look at it: it failed, or nobody knows how it is. Holes in prices are counted apart. */
export const needsAttention = ({status}: Pick<Resource, 'status'>): boolean => status === 'failed' || status === 'unknown';
