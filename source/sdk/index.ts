export {definePlugin, type Plugin, type PluginContext} from './plugin.ts';
export {
	type Env,
	type Events,
	type Exec,
	type ExecResult,
	type Files,
	type Http,
	type HttpRequest,
	type HttpResponse,
	type Log,
	type PluginClock,
	type PluginStateBox,
	type PluginStore,
	type Secrets,
	type ServiceProxy,
	type Services,
	type Ui,
} from './capabilities.ts';
export {
	type CommandHandler,
	type CommandInput,
	type CommandOutput,
	type EndpointHandler,
	type EndpointRequest,
	type EndpointResponse,
	type EventHandler,
	type HookEvent,
	type MiddlewareHandler,
	type PaneContext,
	type PaneHandler,
	type ServiceHandlers,
	type Task,
	type TaskHandler,
} from './handlers.ts';
export {
	type AttachOptions,
	type CallContext,
	type ListPage,
	type ListQuery,
	type LogOptions,
	type Provider,
	type ResourceChange,
	type ResourceTarget,
} from './provider.ts';
export {type AuthProvider} from './auth.ts';
export {type StorageProvider, type Volume, type VolumeResult} from './storage.ts';
export {providerError} from './provider-error.ts';
export {type LegacyProvider, registerProvider} from './register-provider.ts';
export {type CostComponent, type Estimate, type PriceSource} from '../core/money/estimate.ts';
export {hookLayers} from '../core/event-catalogue.ts';
export {type CwsEvent, type EventLevel, type NewEvent} from '../core/event.ts';
export {type ErrorCode} from '../core/failure/error-codes.ts';
export {type Failure, FailureError} from '../core/failure/failure.ts';
export {type Health, type HealthCheck, type HealthStatus} from '../core/health.ts';
export {type JsonSchema} from '../core/schema/json.ts';
export {amount, free, known, times, unknown, type Money} from '../core/money/money.ts';
export {type AuthStatus, type BrowserStep, type DeviceStep, type LoginFlow, type LoginStep, type ManualStep} from '../core/login.ts';
export {type OperationResult, type ResultStatus} from '../core/operation.ts';
export {type PaneCell, type PaneTone, type PaneView} from '../core/pane-view.ts';
export {type DeploySpec, type PlanLine, type ProviderPlan} from '../core/plan.ts';
export {type Choice, type Connection, type LogLine, type TerminalInput, type TerminalOutput} from '../core/plugin.ts';
export {type Endpoint, type ProviderResource, type ResourceMetrics, type ResourceOperation, type ResourceStatus} from '../core/resource.ts';
export {formatBytes, parseBytes} from '../core/text/bytes.ts';
export {formatDuration, formatElapsed, parseDuration} from '../core/text/duration.ts';
