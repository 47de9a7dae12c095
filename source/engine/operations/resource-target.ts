import {type Resource} from '../../core/resource.ts';
import {type ResourceTarget} from '../../sdk/provider.ts';

/** What a plugin needs to know of the resource a call is about. */
export const targetOf = ({provider, type, id, name, account, region}: Resource): ResourceTarget => ({
	provider,
	type,
	id,
	name,
	...(account !== undefined && {account}),
	...(region !== undefined && {region}),
});
