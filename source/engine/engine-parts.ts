import {type Outcome} from '../core/failure/outcome.ts';
import {type Clock} from '../core/ports/clock.ts';
import {type PluginHost} from '../core/ports/plugin-host.ts';
import {type PluginInstaller} from '../core/ports/plugin-installer.ts';
import {type SecretStore} from '../core/ports/secrets.ts';
import {type EnginePorts} from './engine.ts';
import {type Resource} from '../core/resource.ts';
import {type ResourceRef} from '../core/reference.ts';
import {type Database} from './database.ts';
import {type Inventory} from './inventory/inventory.ts';
import {type Poller} from './inventory/poll/poller.ts';
import {type OperationLog} from './operations/operation-log.ts';
import {type Operations} from './operations/operations.ts';
import {type AuditLog} from './records/audit-log.ts';
import {type EventLog} from './records/event-log.ts';
import {type StateStore} from './state-store.ts';
import {type Templates} from './templates/create-templates.ts';

/** What the commands work with. */
export type EngineParts = {
	readonly host: PluginHost;
	readonly clock: Clock;
	readonly secrets: SecretStore;
	readonly savePluginConfig: EnginePorts['savePluginConfig'];
	readonly saveTrust: EnginePorts['saveTrust'];
	readonly installer: PluginInstaller;
	readonly state: StateStore;
	readonly database: Database;
	readonly inventory: Inventory;
	readonly templates: Templates;
	readonly poller: Poller;
	readonly log: OperationLog;
	readonly operations: Operations;
	readonly events: EventLog;
	readonly audit: AuditLog;
	readonly read: (ref: ResourceRef, signal?: AbortSignal) => Promise<Outcome<Resource>>;
};
