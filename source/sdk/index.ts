export {definePlugin, type Plugin, type PluginContext} from './plugin.ts';
export {
	type CallContext,
	type ListPage,
	type ListQuery,
	type LogOptions,
	type Provider,
	type ResourceChange,
	type ResourceTarget,
} from './provider.ts';
export {providerError} from './provider-error.ts';
export {type CostComponent, type Estimate, type PriceSource} from '../core/money/estimate.ts';
export {type CwsEvent, type EventLevel, type NewEvent} from '../core/event.ts';
export {type ErrorCode} from '../core/failure/error-codes.ts';
export {type Failure, FailureError} from '../core/failure/failure.ts';
export {type Health, type HealthCheck, type HealthStatus} from '../core/health.ts';
export {type JsonSchema} from '../core/schema/json.ts';
export {amount, free, known, times, unknown, type Money} from '../core/money/money.ts';
export {type OperationResult, type ResultStatus} from '../core/operation.ts';
export {type DeploySpec, type PlanLine, type ProviderPlan} from '../core/plan.ts';
export {type Choice, type Connection, type LogLine} from '../core/plugin.ts';
export {type Endpoint, type ProviderResource, type ResourceMetrics, type ResourceOperation, type ResourceStatus} from '../core/resource.ts';
export {formatBytes, parseBytes} from '../core/text/bytes.ts';
export {formatDuration, formatElapsed, parseDuration} from '../core/text/duration.ts';
