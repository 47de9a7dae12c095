import {type DeploySpec} from 'cws/sdk';
import {text} from './job/fields.ts';

/** The cluster that was asked for: the field of the form, or what the request itself names. */
export const clusterNameOf = ({fields, account}: Pick<DeploySpec, 'fields' | 'account'>): string | undefined =>
	text(fields, 'cluster') ?? account;
