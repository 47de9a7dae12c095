import {type PluginContext} from '../../sdk/plugin.ts';
import {type InitializeArgument} from '../protocol/messages.ts';
import {type CapabilityParts, createCapabilities} from './capabilities/create-capabilities.ts';

/** What a plugin gets at `initialize`: its data from the host, and live objects that ask the host. Nobody can change it. */
export const createPluginContext = ({granted = [], ...data}: InitializeArgument, parts: CapabilityParts): PluginContext =>
	Object.freeze({...freezeAll(data), ...createCapabilities(granted, parts)});

function freezeAll<Value>(value: Value): Value {
	if (typeof value === 'object' && value !== null) {
		for (const member of Object.values(value)) {
			freezeAll(member);
		}

		Object.freeze(value);
	}

	return value;
}
