import {type DeploySpec} from 'cws/sdk';
import {text} from './container/deploy/fields.ts';

/** The engine that was asked for: the field of the form, or what the request itself names. */
export const accountOf = ({fields, account}: Pick<DeploySpec, 'fields' | 'account'>): string | undefined =>
	text(fields, 'engine') ?? account;
