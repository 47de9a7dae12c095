// Why a job waits, in words. The names are Slurm's own (`man squeue`, "JOB REASON CODES").
const words: Readonly<Record<string, string>> = {
	Priority: 'others with a higher priority come first',
	Resources: 'waits for free processors, memory or nodes',
	Dependency: 'waits for the job it depends on',
	DependencyNeverSatisfied: 'the job it depends on ended so that it can never start',
	JobHeldUser: 'held by its owner; start releases it',
	JobHeldAdmin: 'held by an operator; only an operator can release it',
	JobHoldMaxRequeue: 'held, because it was put back into the queue too often',
	BeginTime: 'waits for its start time',
	JobArrayTaskLimit: 'as many tasks of the array run as it allows at once',
	PartitionDown: 'its partition is down',
	PartitionInactive: 'its partition takes jobs but starts none now',
	PartitionNodeLimit: 'asks for more nodes than its partition allows',
	PartitionTimeLimit: 'asks for more time than its partition allows',
	ReqNodeNotAvail: 'a node it asks for is down, drained or reserved',
	NodeDown: 'a node it asks for is down',
	BadConstraints: 'no node can ever be as it asks for',
	Licenses: 'waits for a licence',
	Reservation: 'waits for its reservation to begin',
	Cleaning: 'is put back into the queue, and what it left is cleaned up',
	Prolog: 'its nodes are being prepared',
	QOSJobLimit: 'its quality of service runs as many jobs as it may',
	QOSResourceLimit: 'its quality of service uses as much as it may',
	QOSTimeLimit: 'its quality of service has used up its time',
	QOSMaxCpuPerUserLimit: 'you use as many processors as this quality of service allows',
	QOSMaxJobsPerUserLimit: 'you run as many jobs as this quality of service allows',
	QOSMaxGRESPerUser: 'you use as many GPUs as this quality of service allows',
	QOSMaxMemoryPerUser: 'you use as much memory as this quality of service allows',
	QOSGrpCpuLimit: 'the group uses as many processors as its quality of service allows',
	QOSGrpGRES: 'the group uses as many GPUs as its quality of service allows',
	AssociationJobLimit: 'your account runs as many jobs as it may',
	AssociationResourceLimit: 'your account uses as much as it may',
	AssociationTimeLimit: 'your account has used up its time',
	AssocMaxJobsLimit: 'your account runs as many jobs as it may',
	AssocGrpCpuLimit: 'your account uses as many processors as it may',
	AssocGrpCPUMinutesLimit: 'your account has used up its processor minutes',
	AssocGrpGRES: 'your account uses as many GPUs as it may',
	AssocGrpMemLimit: 'your account uses as much memory as it may',
	AssocMaxWallDurationPerJobLimit: 'asks for more time than your account allows',
	MaxSubmitJobLimit: 'you have as many jobs in the queue as you may',
	InvalidAccount: 'its account is not valid',
	InvalidQOS: 'its quality of service is not valid',
	NonZeroExitCode: 'its program ended with an error',
	TimeLimit: 'it reached its time limit',
	NodeFail: 'a node it ran on failed',
	OutOfMemory: 'it used more memory than it asked for',
	RaisedSignal: 'a signal ended its program',
	JobLaunchFailure: 'it could not be started on its nodes',
	BurstBufferResources: 'waits for the burst buffer',
	BurstBufferStageIn: 'its data is being staged in',
	PowerNotAvail: 'the cluster has no power left for it',
	SystemFailure: 'the system failed under it',
	WaitForScheduling: 'the scheduler has not looked at it yet',
	FedJobLock: 'waits for the other clusters of the federation',
};

/** `others … (Priority)`: the words, and Slurm's name for who wants to look it up. */
export function reasonInWords(reason: string | undefined, description?: string): string | undefined {
	if (reason === undefined || reason === 'None') {
		return description;
	}

	// `ReqNodeNotAvail,_UnavailableNodes:n1`: what comes after the name says which.
	const [name = '', ...rest] = reason.split(/[,(:]/);
	const known = Object.hasOwn(words, name) ? words[name]! : undefined;
	const more = description ?? (rest.length > 0 ? rest.join(' ').replaceAll('_', ' ').trim() : undefined);
	return [known === undefined ? name : `${known} (${name})`, ...(more === undefined ? [] : [more])].join(': ');
}
